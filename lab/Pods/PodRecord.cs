using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s.Models;
using Lab.Specs;

namespace Lab.Pods;

/// <summary>A pod as it was asked for: kept in its folder, so that a controller that starts anew knows what podman runs.</summary>
public sealed record PodRecord
{
    /// <summary>Its own number.</summary>
    public required string Uid { get; init; }

    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its StatefulSet.</summary>
    public required string Set { get; init; }

    /// <summary>Its place in the set.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The hash of the template it was made from.</summary>
    public required string Revision { get; init; }

    /// <summary>The headless Service that gives it its record.</summary>
    public required string Service { get; init; }

    /// <summary>What it was made from.</summary>
    public required V1PodTemplateSpec Template { get; init; }

    /// <summary>Its claims' names, by the claim template's name.</summary>
    public required IReadOnlyDictionary<string, string> Claims { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its deletion was asked for; null when it wasn't.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Seconds from then until its containers are ended.</summary>
    public double GraceSeconds { get; init; }

    /// <summary>How long its containers may take to end in order where nobody says otherwise.</summary>
    [JsonIgnore]
    public TimeSpan Grace => TimeSpan.FromSeconds(Template.Spec.TerminationGracePeriodSeconds!.Value);

    /// <summary>Namespace and name in one.</summary>
    public string Key => $"{Namespace}/{Name}";

    /// <summary>The labels of the template and those the StatefulSet controller adds.</summary>
    public IReadOnlyDictionary<string, string> Labels => new Dictionary<string, string>(Template.Metadata.Labels)
    {
        [StatefulSetSpec.RevisionLabel] = $"{Set}-{Revision}",
        [StatefulSetSpec.PodNameLabel] = Name,
        [StatefulSetSpec.PodIndexLabel] = $"{Ordinal}",
    };

    /// <summary>A new pod of a set.</summary>
    public static PodRecord Create(StatefulSetSpec set, int ordinal, DateTimeOffset now) => new()
    {
        Uid = Guid.NewGuid().ToString(),
        Namespace = set.Namespace,
        Name = set.PodName(ordinal),
        Set = set.Name,
        Ordinal = ordinal,
        Revision = set.Revision,
        Service = set.ServiceName,
        Template = set.Template,
        Claims = set.ClaimTemplates.ToDictionary(template => template, template => $"{template}-{set.PodName(ordinal)}"),
        CreatedAt = now,
    };

    /// <summary>Keeps the record in the pod's folder.</summary>
    public void Save(LabFolder folder)
    {
        Directory.CreateDirectory(folder.Pod(Uid), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        AtomicFile.Write(FileOf(folder, Uid), JsonSerializer.Serialize(this, SpecJson.Options));
    }

    /// <summary>All pods that have a record.</summary>
    public static IReadOnlyList<PodRecord> LoadAll(LabFolder folder) => [.. Directory.EnumerateDirectories(folder.Pods)
        .Select(pod => AtomicFile.Read(FileOf(folder, Path.GetFileName(pod))))
        .OfType<string>()
        .Select(Parse)];

    private static PodRecord Parse(string text)
    {
        var json = JsonNode.Parse(text)!;
        foreach (var volume in json["template"]?["spec"]?["volumes"] as JsonArray ?? [])
        {
            // An earlier lab wrote a limit that is not there as an empty one.
            if (volume?["emptyDir"] is JsonObject empty && (string?)empty["sizeLimit"] == "")
            {
                empty.Remove("sizeLimit");
            }
        }

        var record = json.Deserialize<PodRecord>(SpecJson.Options)!;
        PodDefaults.Fill(record.Template);
        return record;
    }

    private static string FileOf(LabFolder folder, string uid) => Path.Combine(folder.Pod(uid), "pod.json");
}
