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

    /// <summary>Its StatefulSet; empty for a pod of a Job.</summary>
    public required string Set { get; init; }

    /// <summary>Its Job; empty for a pod of a set.</summary>
    public string Job { get; init; } = "";

    /// <summary>The Job's own number; empty for a pod of a set.</summary>
    public string JobUid { get; init; } = "";

    /// <summary>Its place in the set.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The hash of the template it was made from.</summary>
    public required string Revision { get; init; }

    /// <summary>The headless Service that gives it its record.</summary>
    public required string Service { get; init; }

    /// <summary>What it was made from.</summary>
    public required V1PodTemplateSpec Template { get; init; }

    /// <summary>Its claims' names, by the volume's name.</summary>
    public required IReadOnlyDictionary<string, string> Claims { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its deletion was asked for; null when it wasn't.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>How it ended: <c>Succeeded</c> or <c>Failed</c>; null for one that has not, and for one that runs for ever.</summary>
    public string? Outcome { get; init; }

    /// <summary>Seconds from its deletion until its containers are ended.</summary>
    public double GraceSeconds { get; init; }

    /// <summary>How long its containers may take to end in order where nobody says otherwise.</summary>
    [JsonIgnore]
    public TimeSpan Grace => TimeSpan.FromSeconds(Template.Spec.TerminationGracePeriodSeconds!.Value);

    /// <summary>Namespace and name in one.</summary>
    public string Key => $"{Namespace}/{Name}";

    /// <summary>The labels of the template and those that its controller adds.</summary>
    public IReadOnlyDictionary<string, string> Labels => Job.Length > 0
        ? new Dictionary<string, string>(Template.Metadata.Labels) { [JobSpec.NameLabel] = Job, [JobSpec.OldNameLabel] = Job }
        : new Dictionary<string, string>(Template.Metadata.Labels)
        {
            [StatefulSetSpec.RevisionLabel] = $"{Set}-{Revision}",
            [StatefulSetSpec.PodNameLabel] = Name,
            [StatefulSetSpec.PodIndexLabel] = $"{Ordinal}",
        };

    /// <summary>The names of those of its claims that are made with it and go with it (<c>ephemeral</c>).</summary>
    [JsonIgnore]
    public IEnumerable<string> OwnClaims => Template.Spec.Volumes.Where(volume => volume.Ephemeral is not null && Claims.ContainsKey(volume.Name)).Select(volume => Claims[volume.Name]);

    /// <summary>The names of those of its claims that have to be there before it (<c>persistentVolumeClaim</c>).</summary>
    [JsonIgnore]
    public IEnumerable<string> NamedClaims => Template.Spec.Volumes
        .Where(volume => volume.PersistentVolumeClaim is { } named && Claims.GetValueOrDefault(volume.Name) == named.ClaimName).Select(volume => Claims[volume.Name]);

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
        Claims = ClaimsOf(set.Template, set.PodName(ordinal), set.ClaimTemplates),
        CreatedAt = now,
    };

    /// <summary>A new pod of a Job.</summary>
    /// <param name="job">The Job.</param>
    /// <param name="jobUid">Its own number.</param>
    /// <param name="now">The time.</param>
    public static PodRecord Create(JobSpec job, string jobUid, DateTimeOffset now)
    {
        var name = GeneratedName.Of(job.Name);
        return new PodRecord
        {
            Uid = Guid.NewGuid().ToString(),
            Namespace = job.Namespace,
            Name = name,
            Set = "",
            Job = job.Name,
            JobUid = jobUid,
            Ordinal = 0,
            Revision = job.TemplateHash,
            Service = "",
            Template = job.Template,
            Claims = ClaimsOf(job.Template, name, []),
            CreatedAt = now,
        };
    }

    // A set's claim comes before a volume of the same name, as in Kubernetes.
    private static Dictionary<string, string> ClaimsOf(V1PodTemplateSpec template, string pod, IReadOnlyList<string> templates)
    {
        var claims = templates.ToDictionary(one => one, one => $"{one}-{pod}");
        foreach (var volume in template.Spec?.Volumes ?? [])
        {
            if (volume.PersistentVolumeClaim is { } named)
            {
                claims.TryAdd(volume.Name, named.ClaimName ?? "");
            }
            else if (volume.Ephemeral is not null)
            {
                claims.TryAdd(volume.Name, $"{pod}-{volume.Name}");
            }
        }

        return claims;
    }

    /// <summary>Keeps the record in the pod's folder.</summary>
    public void Save(LabFolder folder)
    {
        Directory.CreateDirectory(folder.Pod(Uid), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        AtomicFile.Write(FileOf(folder, Uid), JsonSerializer.Serialize(this, SpecJson.Options));
    }

    /// <summary>All pods that have a record.</summary>
    public static IReadOnlyList<PodRecord> LoadAll(LabFolder folder) => [.. (Directory.Exists(folder.Pods) ? Directory.EnumerateDirectories(folder.Pods) : [])
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
