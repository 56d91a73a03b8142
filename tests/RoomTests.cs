using System.Xml.Linq;
using Xunit;

namespace Tests;

/// <summary>The rooms of the house have doors that open one way: what a project may refer to, whatever its code would like.</summary>
public sealed class RoomTests
{
    /// <summary>For each project, by its folder, the folders of all that it may refer to. The stand-ins stand where packages would and count for nothing.</summary>
    private static readonly Dictionary<string, string[]> Doors = new()
    {
        ["infra"] = [],
        ["stacks"] = ["infra"],
        ["lab"] = [],
        ["lab/tests"] = ["lab"],
        ["cli"] = ["infra", "lab", "stacks"],
        ["trials"] = ["cli", "examples/etcd", "infra", "lab", "stacks"],
        ["examples/etcd"] = ["infra"],
        ["examples/shop"] = ["infra"],
        ["examples/tenant"] = ["infra"],
        ["tests"] = ["cli", "examples/etcd", "examples/shop", "examples/tenant", "infra", "lab", "stacks", "trials"],
    };

    private static readonly string[] Pulumi = ["Pulumi", "Pulumi.Kubernetes", "Pulumi.Random"];

    [Fact]
    public void Every_project_has_its_doors_and_opens_no_other() => Assert.Equal(
        Doors.OrderBy(room => room.Key, StringComparer.Ordinal).Select(room => $"{room.Key}: {string.Join(' ', room.Value)}"),
        Projects().Where(project => !project.StartsWith("standins/", StringComparison.Ordinal)).Select(project => $"{Folder(project)}: {string.Join(' ', References(project).Select(Folder).Order(StringComparer.Ordinal))}"));

    [Fact]
    public void The_lab_knows_no_Pulumi_and_the_library_nothing_else()
    {
        Assert.Null(Project("lab/Lab.csproj").Descendants("UsesPulumi").FirstOrDefault());
        Assert.DoesNotContain(Packages("lab/Lab.csproj"), Pulumi.Contains);
        // Analyzers, which no caller gets.
        Assert.Equal(["Microsoft.CodeAnalysis.PublicApiAnalyzers"], Packages("infra/Infra.csproj"));
    }

    [Fact]
    public void The_lab_does_not_speak_of_what_it_runs()
    {
        string[] strangers = ["mysql", "pulumi", "xtrabackup", "Infra.", "Stacks."];
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "lab"), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.Empty(files.Where(file => strangers.Any(word => File.ReadAllText(file).Contains(word, StringComparison.OrdinalIgnoreCase))).Select(Path.GetFileName));
    }

    [Fact]
    public void The_solution_has_every_project_and_the_labs_filter_those_of_its_own()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Infra.sln")).Replace('\\', '/');
        Assert.All(Projects(), project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
        using var filter = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "lab", "Lab.slnf")));
        Assert.Equal(
            ["lab/Lab.csproj", "lab/tests/Lab.Tests.csproj"],
            filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(project => project.GetString()!.Replace('\\', '/')));
    }

    private static IEnumerable<string> Projects() => Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .Where(file => !file.StartsWith("artifacts/", StringComparison.Ordinal) && !file.StartsWith('.'))
        .OrderBy(Folder, StringComparer.Ordinal);

    private static string Folder(string project) => Path.GetDirectoryName(project)!;

    private static XDocument Project(string project) => XDocument.Load(Path.Combine(Repository.Root, project));

    private static IEnumerable<string> References(string project) => Project(project).Descendants("ProjectReference")
        .Select(reference => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Folder(project), reference.Attribute("Include")!.Value))));

    private static IEnumerable<string> Packages(string project) => Project(project).Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);
}
