using System.Text.Json;

namespace Lab.State;

/// <summary>The file in which the controller publishes <see cref="ClusterState"/>.</summary>
public static class StateFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The last published state, or null when there is none.</summary>
    public static ClusterState? Read(LabFolder folder) =>
        AtomicFile.Read(folder.State) is { } text ? JsonSerializer.Deserialize<ClusterState>(text, Options) : null;

    /// <summary>Publishes a state.</summary>
    public static void Write(LabFolder folder, ClusterState state) =>
        AtomicFile.Write(folder.State, JsonSerializer.Serialize(state, Options));
}
