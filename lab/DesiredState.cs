using System.Text.Json;
using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Lab;

/// <summary>What an instance is to run: the file between clients and the controller.</summary>
public sealed record DesiredState
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Counts up with each change.</summary>
    public long Generation { get; init; }

    /// <summary>The objects.</summary>
    public IReadOnlyList<JsonObject> Objects { get; init; } = [];

    /// <summary>ConfigMaps and Secrets that are no longer wanted but that pods of an older template may still use.</summary>
    /// <remarks>With an engine, the new object is made before the pods roll and the old one removed after; here both are changed at once.</remarks>
    public IReadOnlyList<JsonObject> Retired { get; init; } = [];

    /// <summary>Names that the name server leaves out; for tests.</summary>
    public IReadOnlyList<string> BlockedNames { get; init; } = [];

    /// <summary>The objects as manifests.</summary>
    public IReadOnlyList<Manifest> Manifests() => [.. Objects.Select(body => new Manifest(body))];

    /// <summary>The objects of <see cref="Retired"/> as manifests.</summary>
    public IReadOnlyList<Manifest> RetiredData() => [.. Retired.Select(body => new Manifest(body))];

    /// <summary>The same with other objects.</summary>
    /// <param name="manifests">The objects.</param>
    /// <param name="rolled">Whether no pod of an older template is left.</param>
    public DesiredState With(IReadOnlyList<Manifest> manifests, bool rolled)
    {
        var wanted = manifests.Select(Identity).ToHashSet();
        var retired = Manifests().Concat(rolled ? [] : RetiredData())
            .Where(one => one.Kind is "ConfigMap" or "Secret" && !wanted.Contains(Identity(one)));
        return this with { Objects = [.. manifests.Select(one => one.Body)], Retired = [.. retired.Select(one => one.Body)] };

        static (string, string, string) Identity(Manifest one) => (one.Kind, one.Namespace, one.Name);
    }

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
