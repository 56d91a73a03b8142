using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cli.Checks;
using Cli.Checks.Policies;
using Cli.Clusters;
using Cli.Evaluation;
using Lab.Commands;
using Stacks.Settings;

namespace Cli.Commands;

/// <summary>Holds a stack's objects against the invariants and the policies, or those of any folder against the policies; and either against what a cluster has.</summary>
internal static class CheckCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("check", "hold the stack's objects against the invariants of order and identity, against the policies of docs/policies.md, and with --context against a cluster");
        var stack = new StackOptions(command);
        var manifests = new Option<string?>("--manifests", "-m") { Description = "hold the manifests of this folder against the policies instead, whoever rendered them", HelpName = "folder" };
        var except = new Option<string[]>("--except") { Description = "a policy to leave out, such as latest-tag; may be repeated", HelpName = "policy", DefaultValueFactory = _ => [] };
        var json = new Option<bool>("--json") { Description = "as JSON, for programs" };
        var sarif = new Option<bool>("--sarif") { Description = "as SARIF 2.1.0, for code scanning" };
        foreach (var option in (Option[])[manifests, except, json, sarif])
        {
            command.Options.Add(option);
        }

        var cluster = new ClusterOptions(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var left = parsed.GetValue(except)!;
            Require(left, parsed.GetValue(json) && parsed.GetValue(sarif), parsed.GetValue(manifests) is not null && stack.IsGiven(parsed));
            var result = parsed.GetValue(manifests) is { } folder ? OfFolder(folder, left) : await OfStackAsync(stack, parsed, left);
            if (cluster.AreGiven(parsed))
            {
                result = await AgainstAsync(cluster, parsed, result, cancel);
            }

            Console.WriteLine(
                parsed.GetValue(sarif) ? SarifLog.Of(result.Findings).ToJsonString(Json)
                : parsed.GetValue(json) ? JsonSerializer.Serialize(result.Findings.Select(AsJson), Json)
                : string.Join('\n', [.. result.Findings.Select(finding => finding.Sentence), result.Summary]));
            return result.Findings.Count == 0 ? 0 : CommandException.Failed;
        });
        return command;
    }

    /// <summary>The objects of a folder, which need not be this project's: its invariants are not asked for.</summary>
    private static CheckResult OfFolder(string folder, string[] except)
    {
        var objects = ManifestFolder.Read(folder);
        var findings = Finding.Of(objects, except);
        return new(objects, findings, findings.Count == 0 ? $"{objects.Count} objects of {folder} keep all {Asked(except)} policies" : Broken(findings));
    }

    private static async Task<CheckResult> OfStackAsync(StackOptions stack, ParseResult parsed, string[] except)
    {
        var settings = stack.Read(parsed);
        var recorder = await StackEvaluation.RunAsync(settings, ProjectFolder.Passwords(stack.Name(parsed)));
        var manifests = (await StackObjects.OfAsync(recorder)).All;
        IReadOnlyList<Violation> violations = [.. OrderInvariants.Check(await RecordedGraph.OfAsync(recorder)), .. Invariants.Check(manifests)];
        IReadOnlyList<ManifestSource> objects = [.. manifests.Select(manifest => new ManifestSource(manifest, settings.Source, 1))];
        IReadOnlyList<Finding> findings = [.. violations.Select(violation => Finding.Of(violation, settings.Source, Finding.Invariant)), .. Finding.Of(objects, except)];
        var told = string.Concat(Unverified.Of(manifests).Concat(ReachableRoot.Of(manifests)).Select(sentence => $"{sentence}\n"));
        return new(objects, findings, told + (findings.Count == 0
            ? $"{manifests.Count} objects of stack {stack.Name(parsed)} keep all {OrderInvariants.All.Count + Invariants.All.Count} invariants and {Asked(except)} policies"
            : Broken(findings)));
    }

    /// <summary>What is wrong besides, as the cluster is.</summary>
    private static async Task<CheckResult> AgainstAsync(ClusterOptions cluster, ParseResult parsed, CheckResult result, CancellationToken cancel)
    {
        using var connection = cluster.Open(parsed);
        var look = await new ClusterCheck(connection).LookAsync([.. result.Objects.Select(one => one.Manifest)], cancel);
        var file = result.Objects.Count > 0 ? result.Objects[0].File : string.Empty;
        return new(result.Objects, [.. result.Findings, .. look.Obstacles.Select(violation => Finding.Of(violation, file, Finding.Cluster))], $"{result.Summary}\n{look.Summary}");
    }

    private static void Require(string[] except, bool isTwice, bool isBoth)
    {
        if (isTwice)
        {
            throw new CommandException("--json and --sarif are two formats; it is written in one");
        }

        if (isBoth)
        {
            throw new CommandException("--manifests takes a folder as it is; --stack and --config are for stacks");
        }

        if (except.FirstOrDefault(id => PolicyTable.All.All(policy => policy.Id != id)) is { } unknown)
        {
            throw new CommandException(Suggestion.For(unknown, PolicyTable.All.Select(policy => policy.Id)) is { } meant
                ? $"there is no policy \"{unknown}\"; did you mean \"{meant}\"?"
                : $"there is no policy \"{unknown}\"; docs/policies.md has all of them");
        }
    }

    private static int Asked(string[] except) => PolicyTable.All.Count - except.Distinct().Count();

    private static string Broken(IReadOnlyList<Finding> findings) =>
        findings.Count == 1 ? "1 breach of one check" : $"{findings.Count} breaches of {findings.Select(finding => finding.Check).Distinct().Count()} checks";

    private sealed record CheckResult(IReadOnlyList<ManifestSource> Objects, IReadOnlyList<Finding> Findings, string Summary);

    private static JsonObject AsJson(Finding finding) => new()
    {
        ["file"] = finding.File,
        ["line"] = finding.Line,
        ["object"] = finding.Subject,
        ["namespace"] = finding.Namespace,
        ["path"] = finding.Path,
        ["check"] = finding.Check,
        ["what"] = finding.What,
        ["mend"] = finding.Mend,
    };
}
