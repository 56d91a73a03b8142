using Xunit;

namespace Tests.Golden;

/// <summary>
/// A file with what is expected, kept in the repository for review. By hand rather than by a snapshot library: the ones there are write what differs
/// beside what was expected, and moving it over is left to a person, file by file; here one command brings all of them up to date.
/// </summary>
internal static class GoldenFile
{
    private const string UpdateVariable = "UPDATE_GOLDEN";

    /// <summary>Asserts that a text is what the file says, or writes it there when the files are brought up to date.</summary>
    public static void Equal(string name, string actual) => EqualFile(Path.Combine("tests", "Golden", "Expected", name), actual);

    /// <summary>The same of a file that lies elsewhere, by its path in the repository.</summary>
    public static void EqualFile(string path, string actual)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        var expected = File.Exists(file) ? File.ReadAllText(file) : string.Empty;
        if (expected != actual)
        {
            Assert.Fail($"{path} says otherwise, from line {FirstDifference(expected, actual)}; when the change is meant, ./dev golden brings the files up to date");
        }
    }

    private static string FirstDifference(string expected, string actual)
    {
        var before = expected.Split('\n');
        var after = actual.Split('\n');
        var line = Enumerable.Range(0, Math.Max(before.Length, after.Length)).First(i => before.ElementAtOrDefault(i) != after.ElementAtOrDefault(i));
        return $"{line + 1}:\n  expected {before.ElementAtOrDefault(line) ?? "its end"}\n  but was  {after.ElementAtOrDefault(line) ?? "its end"}\n";
    }
}
