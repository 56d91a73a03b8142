namespace Tests;

/// <summary>The files of the project, for tests of files that are not code.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    private static string Above(string folder) => File.Exists(Path.Combine(folder, "Infra.sln"))
        ? folder
        : Above(Directory.GetParent(folder)?.FullName ?? throw new InvalidOperationException("the tests do not run from within the project"));
}
