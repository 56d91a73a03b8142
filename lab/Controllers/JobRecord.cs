using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Lab.Manifests;

namespace Lab.Controllers;

/// <summary>A Job that was begun, and how far it is: kept, so that a controller that starts anew does not run it again.</summary>
public sealed record JobRecord
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Its own number.</summary>
    public required string Uid { get; init; }

    /// <summary>The object.</summary>
    public required JsonObject Body { get; init; }

    /// <summary>Its namespace.</summary>
    [JsonIgnore]
    public string Namespace => new Manifest(Body).Namespace;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The CronJob that it is a run of; empty for one that is wanted by itself.</summary>
    public string CronJob { get; init; } = "";

    /// <summary>The time for which the CronJob made it; null for one that somebody asked for.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>When it began; null while it is suspended.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public bool Succeeded { get; init; }

    /// <summary>The pods that have failed, by uid.</summary>
    public IReadOnlyList<string> FailedPods { get; init; } = [];

    /// <summary>When the last one did.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>Why it failed, in a word.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The same in a sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>The last lines that the container wrote for which it failed.</summary>
    public IReadOnlyList<string> LastLines { get; init; } = [];

    /// <summary>Whether its pods are gone, as it has been over for as long as it was to be kept.</summary>
    public bool Expired { get; init; }

    /// <summary>Keeps the record.</summary>
    public void Save(LabFolder folder) => AtomicFile.Write(FileOf(folder), JsonSerializer.Serialize(this, Options));

    /// <summary>Removes it.</summary>
    public void Remove(LabFolder folder) => File.Delete(FileOf(folder));

    /// <summary>All that are kept, the oldest first.</summary>
    public static IReadOnlyList<JobRecord> LoadAll(LabFolder folder) => [.. Directory.EnumerateFiles(folder.Jobs, "*.json")
        .Select(file => JsonSerializer.Deserialize<JobRecord>(File.ReadAllText(file), Options)!)
        .OrderBy(record => record.CreatedAt)];

    private string FileOf(LabFolder folder) => Path.Combine(folder.Jobs, $"{Uid}.json");
}
