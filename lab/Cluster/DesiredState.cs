using System.Text.Json;
using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Lab.Cluster;

/// <summary>What an instance is to run: the file between clients and the controller.</summary>
public sealed record DesiredState
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Counts up with each change.</summary>
    public long Generation { get; init; }

    /// <summary>The objects.</summary>
    public IReadOnlyList<JsonObject> Objects { get; init; } = [];

    /// <summary>Names that the name server leaves out; for tests.</summary>
    public IReadOnlyList<string> BlockedNames { get; init; } = [];

    /// <summary>The objects as manifests.</summary>
    public IReadOnlyList<Manifest> Manifests() => [.. Objects.Select(body => new Manifest(body))];

    /// <summary>The desired state of an instance; an empty one where none was ever asked for.</summary>
    public static DesiredState Read(LabFolder folder) =>
        AtomicFile.Read(folder.Desired) is { } text ? JsonSerializer.Deserialize<DesiredState>(text, Options)! : new DesiredState();

    /// <summary>Changes the desired state of an instance and counts the generation up.</summary>
    public static DesiredState Change(LabFolder folder, Func<DesiredState, DesiredState> change)
    {
        folder.Create();
        var before = Read(folder);
        var after = change(before) with { Generation = before.Generation + 1 };
        AtomicFile.Write(folder.Desired, JsonSerializer.Serialize(after, Options));
        return after;
    }
}
