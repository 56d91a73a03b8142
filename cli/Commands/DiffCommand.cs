using System.CommandLine;
using Cli.Clusters;
using Cli.Meaning;
using Cli.Sides;
using Lab.Commands;
using Lab.Processes;

namespace Cli.Commands;

/// <summary>
/// Tells what a change does to what runs, object by object, and what that means. It asks no cluster and needs no credentials, unless one is named: then it tells what
/// in that cluster stands in the way, and compares with what is there where no base is named.
/// </summary>
internal static class DiffCommand
{
    /// <summary>The exit code where data are at risk and nobody has acknowledged it.</summary>
    public const int AtRisk = 3;

    /// <summary>The command.</summary>
    public static System.CommandLine.Command Create()
    {
        var command = new System.CommandLine.Command("diff", "say what a change does to each object, and what it means for pods and data; exit code 3 when data are at risk");
        var before = new Argument<string?>("BASE")
        {
            Description = "a git revision, else a folder of manifests (./folder says so), else a stack (Pulumi.shop.yaml says so); with --context, what is in the cluster where it is left out",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var after = new Argument<string?>("HEAD") { Description = "as BASE; the working tree where it is left out", Arity = ArgumentArity.ZeroOrOne };
        var preview = new Option<string?>("--pulumi") { Description = "what pulumi preview --json --show-sames wrote, in the place of BASE and HEAD", HelpName = "preview.json" };
        var allow = new Option<string[]>("--allow")
        {
            Description = "acknowledge that data of an object are at risk, by its name such as StatefulSet/mysql; may be repeated",
            HelpName = "name",
            DefaultValueFactory = _ => [],
        };
        var markdown = new Option<bool>("--markdown") { Description = "write it for a pull request" };
        var json = new Option<bool>("--json") { Description = "write it for programs (docs/schemas/diff.json)" };
        command.Arguments.Add(before);
        command.Arguments.Add(after);
        var stack = new StackOptions(command);
        foreach (var option in new Option[] { preview, allow, markdown, json })
        {
            command.Options.Add(option);
        }

        var cluster = new ClusterOptions(command);
        command.Validators.Add(result =>
        {
            var (sides, live, isPreview) = (result.GetValue(before) is not null, cluster.AreGiven(result), result.GetValue(preview) is not null);
            if (sides && isPreview)
            {
                result.AddError("--pulumi takes the place of BASE and HEAD");
            }
            else if (live && isPreview)
            {
                result.AddError("--context looks for the objects of HEAD, and a preview is not compared with a cluster; diff --context NAME alone compares the stack with it");
            }
            else if (!sides && !live && !isPreview)
            {
                result.AddError("diff takes BASE (a git revision, a folder of manifests or a stack), or --context NAME (what is in a cluster), or --pulumi preview.json");
            }

            if (result.GetValue(markdown) && result.GetValue(json))
            {
                result.AddError("--markdown and --json exclude each other");
            }

            if (result.GetValue(stack.Settings) is { Length: > 0 } && (result.GetValue(after) is not null || result.GetValue(preview) is not null))
            {
                result.AddError("-c puts settings over those of the working tree, and the working tree is not compared here");
            }
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var reader = Reader(stack.Name(parsed), parsed.GetValue(stack.Settings)!);
            using var connection = cluster.AreGiven(parsed) ? cluster.Open(parsed) : null;
            var found = parsed.GetValue(preview) is { } file
                ? new Compared("what is deployed", $"what {file} says", PulumiPreview.Read(file), null)
                : await CompareAsync(reader, parsed.GetValue(before), parsed.GetValue(after), connection, cancel);
            var allowed = parsed.GetValue(allow)!;
            var changes = Allow(found.Changes, allowed);
            await Console.Out.WriteLineAsync((parsed.GetValue(markdown)
                ? DifferenceMarkdown.Write($"{found.Base} -> {found.Head}", changes, found.Look)
                : parsed.GetValue(json)
                ? DifferenceJson.Write(found.Base, found.Head, changes, found.Look)
                : string.Join('\n', DifferenceText.Lines(changes, found.Look).Prepend($"{found.Base} -> {found.Head}"))).TrimEnd('\n'));
            return await EndAsync(changes, allowed) is not 0 and var refused ? refused : found.Look is { Obstacles.Count: > 0 } ? CommandException.Failed : 0;
        });
        return command;
    }

    /// <summary>The changes, those acknowledged of which somebody has given the name.</summary>
    public static IReadOnlyList<ObjectChange> Allow(IReadOnlyList<ObjectChange> changes, IReadOnlyList<string> names) =>
        [.. changes.Select(change => change with { Allowed = change.Tier == Tier.DataAtRisk && names.Contains(change.Label) })];

    /// <summary>Compares two sides, and holds the head against a cluster where one is named; without a base, what that has is the base.</summary>
    private static async Task<Compared> CompareAsync(SideReader reader, string? before, string? after, ClusterConnection? connection, CancellationToken cancel)
    {
        var old = before is null ? null : await reader.ReadAsync(before);
        var @new = after is null ? await reader.WorkingTreeAsync() : await reader.ReadAsync(after);
        var head = @new.Objects.SelectMany(LiveObject.Of).ToList();
        var look = connection is null ? null : await new ClusterCheck(connection).LookAsync(head, cancel);
        old ??= await new ClusterSide(connection!).ReadAsync(look!, head, cancel);
        var changes = await SettingChanges.NameAsync(ManifestDifference.Between(old.Objects, @new.Objects), old, @new);
        return new Compared(old.Name, @new.Name, [.. changes, .. old.Others.Select(Presence.Elsewhere)], look);
    }

    private static SideReader Reader(string stack, IReadOnlyList<string> settings)
    {
        var runner = new CommandRunner();
        var git = new Git(ProjectFolder.Root, runner);
        return new SideReader(ProjectFolder.Root, stack, settings, git, new BaseBuild(ProjectFolder.Root, git, runner));
    }

    /// <summary>Says on the other output what is refused, and what was acknowledged for nothing.</summary>
    private static async Task<int> EndAsync(IReadOnlyList<ObjectChange> changes, IReadOnlyList<string> allowed)
    {
        foreach (var name in allowed.Except(changes.Where(change => change.Allowed).Select(change => change.Label)))
        {
            await Console.Error.WriteLineAsync($"--allow {name}: no data of an object of that name are at risk");
        }

        var refused = changes.Where(change => change.IsRefused).Select(change => $"--allow {change.Label}").Distinct().ToList();
        if (refused.Count == 0)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync($"data are at risk; who knows what that means says so: {string.Join(" ", refused)}");
        return AtRisk;
    }

    private sealed record Compared(string Base, string Head, IReadOnlyList<ObjectChange> Changes, ClusterLook? Look);
}
