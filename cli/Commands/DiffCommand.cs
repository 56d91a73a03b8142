using System.CommandLine;
using Cli.Meaning;
using Cli.Sides;
using Lab.Processes;

namespace Cli.Commands;

/// <summary>Tells what a change does to what runs, object by object, and what that means. It asks no cluster and needs no credentials.</summary>
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
            Description = "a git revision, else a folder of manifests (./folder says so), else a stack (Pulumi.shop.yaml says so)",
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

        command.Validators.Add(result =>
        {
            var sides = result.GetValue(before) is not null;
            if (sides == (result.GetValue(preview) is not null))
            {
                result.AddError(sides ? "--pulumi takes the place of BASE and HEAD" : "diff takes BASE (a git revision, a folder of manifests or a stack), or --pulumi preview.json");
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
        command.SetAction(async parsed =>
        {
            var reader = Reader(stack.Name(parsed), parsed.GetValue(stack.Settings)!);
            var found = parsed.GetValue(preview) is { } file
                ? new Compared("what is deployed", $"what {file} says", PulumiPreview.Read(file))
                : await CompareAsync(reader, parsed.GetValue(before)!, parsed.GetValue(after));
            var allowed = parsed.GetValue(allow)!;
            var changes = Allow(found.Changes, allowed);
            await Console.Out.WriteLineAsync((parsed.GetValue(markdown)
                ? DifferenceMarkdown.Write($"{found.Base} -> {found.Head}", changes)
                : parsed.GetValue(json)
                ? DifferenceJson.Write(found.Base, found.Head, changes)
                : string.Join('\n', DifferenceText.Lines(changes).Prepend($"{found.Base} -> {found.Head}"))).TrimEnd('\n'));
            return await EndAsync(changes, allowed);
        });
        return command;
    }

    /// <summary>The changes, those acknowledged of which somebody has given the name.</summary>
    public static IReadOnlyList<ObjectChange> Allow(IReadOnlyList<ObjectChange> changes, IReadOnlyList<string> names) =>
        [.. changes.Select(change => change with { Allowed = change.Tier == Tier.DataAtRisk && names.Contains(change.Label) })];

    private static async Task<Compared> CompareAsync(SideReader reader, string before, string? after)
    {
        var (old, @new) = (await reader.ReadAsync(before), after is null ? await reader.WorkingTreeAsync() : await reader.ReadAsync(after));
        return new Compared(old.Name, @new.Name, await SettingChanges.NameAsync(ManifestDifference.Between(old.Objects, @new.Objects), old, @new));
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

    private sealed record Compared(string Base, string Head, IReadOnlyList<ObjectChange> Changes);
}
