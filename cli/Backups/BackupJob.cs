using System.Text.Json.Nodes;
using Infra.MySql;
using Infra.Workloads;
using Lab.Manifests;
using Lab.Pods;

namespace Cli.Backups;

/// <summary>A Job that does by hand what a system's CronJob does by the clock, or looks at what it made: its own pod with other words to its script.</summary>
internal static class BackupJob
{
    /// <summary>The container of the script.</summary>
    public const string Container = MySqlBackup.Part;

    /// <summary>How long a backup by hand can be looked at: a day, in seconds. The volume that it worked on is there as long.</summary>
    private const int KeptSeconds = 24 * 3600;

    /// <summary>How long a Job that was only to look can be looked at, in seconds.</summary>
    private const int LookSeconds = 600;

    /// <summary>The Job.</summary>
    /// <param name="cronJob">The CronJob.</param>
    /// <param name="words">The words to the script: none for a backup, or <c>list</c>, or <c>show</c> or <c>verify</c> and an id.</param>
    public static Manifest Of(Manifest cronJob, params IReadOnlyList<string> words)
    {
        var template = cronJob.Body["spec"]!["jobTemplate"]!.DeepClone();
        var (metadata, spec) = (template["metadata"] as JsonObject ?? [], template["spec"]!.AsObject());
        // By its name an alert tells what made a backup from what only looked at some.
        metadata["name"] = GeneratedName.Of(words.Count == 0 ? $"{cronJob.Name}-run" : $"{SystemOf(cronJob.Name)}-look");
        metadata["namespace"] = cronJob.Namespace;
        spec["ttlSecondsAfterFinished"] = words.Count == 0 ? KeptSeconds : LookSeconds;
        if (words.Count > 0)
        {
            var pod = spec["template"]!["spec"]!;
            Script(pod)["args"] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
            if (words[0] != "verify")
            {
                WithoutWork(pod);
            }
        }

        return new Manifest(new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["metadata"] = metadata.DeepClone(), ["spec"] = spec.DeepClone() });
    }

    /// <summary>Whether a CronJob makes backups, of a system where one is named.</summary>
    public static bool Makes(Manifest cronJob, string? system) =>
        cronJob.Kind == "CronJob" && (string?)cronJob.Body["metadata"]?["labels"]?[WorkloadLabels.Component] == MySqlBackup.Part && (system is null || cronJob.Name == MySqlBackup.NameFor(system));

    /// <summary>The system whose backups a CronJob makes.</summary>
    /// <param name="cronJob">The CronJob's name.</param>
    public static string SystemOf(string cronJob) => cronJob[..^MySqlBackup.NameFor(string.Empty).Length];

    private static JsonNode Script(JsonNode pod) => pod["containers"]!.AsArray().Single(container => (string?)container!["name"] == Container)!;

    /// <summary>To read a few small files takes no volume of the size of the data.</summary>
    private static void WithoutWork(JsonNode pod)
    {
        foreach (var volume in pod["volumes"]!.AsArray().Select(volume => volume!.AsObject()).Where(volume => volume.Remove("ephemeral")))
        {
            volume["emptyDir"] = new JsonObject();
        }
    }
}
