using System.Text.Json.Nodes;
using Cli.Evaluation;
using Xunit;

namespace Tests.Golden;

/// <summary>
/// An update of a stack that an earlier release made: every resource is found again under one of its names, and nothing is replaced but what the
/// CHANGELOG says.
/// </summary>
[Collection("deployment")]
public sealed class ReleaseTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Golden", "Releases");

    /// <summary>Selectors became narrower after 0.1; they are the one thing whose change replaces a StatefulSet.</summary>
    private static readonly Dictionary<string, string[]> Replaced = new() { ["0.1"] = ["spec.selector"] };

    public static TheoryData<string> Stacks => [.. Directory
        .EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task Nothing_of_an_earlier_release_is_lost_or_replaced(string record)
    {
        var (release, stack) = (Path.GetDirectoryName(record)!, Path.GetFileNameWithoutExtension(record));
        var engine = new Engine();
        await engine.RunStackAsync(StackFile.Read(Repository.Root, stack, []).Config);
        var graph = await engine.GraphAsync();
        var now = graph.Nodes.SelectMany(graph.Identities, (node, identity) => (identity, node)).ToLookup(pair => pair.identity, pair => pair.node);

        foreach (var (key, before) in JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, record)))!.AsObject())
        {
            var node = Assert.Single(now[key]);
            var changed = Changed(before!.AsObject(), ReleaseRecord.Inputs(node.Recorded)).ToList();
            // The engine gives such an input the value that it had.
            Assert.Empty(changed.Except(node.Recorded.Options.IgnoreChanges).Except(node.Recorded.Kind == "StatefulSet" ? Replaced[release] : []));
        }
    }

    private static IEnumerable<string> Changed(JsonObject before, JsonObject after) =>
        before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key)).Where(path => !JsonNode.DeepEquals(before[path], after[path]));
}
