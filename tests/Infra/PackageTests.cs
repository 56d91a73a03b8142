using System.IO.Compression;
using Lab.Processes;
using Xunit;

namespace Tests.Infra;

/// <summary>The package that other programs get the library by.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task It_has_the_library_its_documentation_and_a_README_and_depends_on_Pulumis_packages()
    {
        // What was built with these tests is packed: artifacts/<sdk>/bin/Tests/<configuration>.
        using var folder = new TemporaryFolder();
        var built = AppContext.BaseDirectory.TrimEnd('/').Split('/');
        var packed = await new CommandRunner().RunAsync(new Command(
            "dotnet", ["pack", Path.Combine(Repository.Root, "infra"), "-c", built[^1], $"-p:PulumiSdk={built[^4]}", "--no-build", "-o", folder.Root, "--nologo", "-tl:off"]));
        Assert.True(packed.Succeeded, packed.StandardOutput);

        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder.Root, "*.nupkg")));
        Assert.Equal(
            ["README.md", "StatefulApplications.nuspec", "lib/net10.0/Infra.dll", "lib/net10.0/Infra.xml"],
            package.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith('_') && !name.StartsWith('[') && !name.StartsWith("package/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var about = await TextAsync(package, "StatefulApplications.nuspec");
        Assert.All(
            ["<dependency id=\"Pulumi\" version=\"3.112.1\"", "<dependency id=\"Pulumi.Kubernetes\" version=\"4.32.0\"", "<dependency id=\"Pulumi.Random\" version=\"4.21.1\""],
            dependency => Assert.Contains(dependency, about, StringComparison.Ordinal));
        Assert.Contains("Everything that is wrong with the arguments", await TextAsync(package, "lib/net10.0/Infra.xml"), StringComparison.Ordinal);
        Assert.Contains("new MySqlCluster(", await TextAsync(package, "README.md"), StringComparison.Ordinal);
    }

    /// <summary>A release is what its version says, and its changes are told.</summary>
    [Fact]
    public void The_changes_begin_with_the_version_there_is()
    {
        var version = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")).Split("<Version>")[1].Split("</Version>")[0];
        Assert.Equal($"## {version}", File.ReadLines(Path.Combine(Repository.Root, "CHANGELOG.md")).First(line => line.StartsWith("## ", StringComparison.Ordinal)));
    }

    private static async Task<string> TextAsync(ZipArchive package, string entry)
    {
        using var reader = new StreamReader(package.GetEntry(entry)!.Open());
        return await reader.ReadToEndAsync();
    }
}
