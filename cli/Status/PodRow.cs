using Lab;
using Lab.State;

namespace Cli.Status;

/// <summary>A pod in the status table, and in its JSON.</summary>
/// <param name="Pod">Its name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Role">primary, replica, or archive; empty for a pod that is none of them.</param>
/// <param name="Ready">Whether it is ready.</param>
/// <param name="ServerId">The MySQL server's id.</param>
/// <param name="Address">Its address.</param>
/// <param name="Follows">The host that its server follows.</param>
/// <param name="LagSeconds">How far its server is behind.</param>
/// <param name="Claims">Its claims.</param>
/// <param name="Restarts">How often a container of it was started again.</param>
/// <param name="Reason">Why it is not ready; empty when it is.</param>
/// <param name="SemiSync">Whether a primary waits for a replica: on, or fallen-back; empty where it never does.</param>
public sealed record PodRow(
    string Pod, string Namespace, string Role, bool Ready, int? ServerId, string Address, string Follows, int? LagSeconds,
    IReadOnlyList<string> Claims, int Restarts, string Reason, string SemiSync)
{
    /// <summary>Its StatefulSet; empty where none is in charge of it.</summary>
    public string Set { get; init; } = string.Empty;

    /// <summary>Its claims' sizes, and how full they are; empty in the lab, where a claim is a folder.</summary>
    public IReadOnlyList<VolumeRow> Volumes { get; init; } = [];

    /// <summary>Why its server could not be asked, such as a missing right; empty when it was, or when there is none.</summary>
    public string NotAsked { get; init; } = string.Empty;

    /// <summary>What is wrong with its server's certificate, or that its primary is not verified yet; empty where nothing is, and where there is none.</summary>
    public string TlsProblem { get; init; } = string.Empty;

    /// <summary>That its server, a replica, receives nothing, and why; empty where it does, and for any other.</summary>
    public string Disconnected { get; init; } = string.Empty;

    /// <summary>Every pod of a local cluster's sets, asked for what only its server knows.</summary>
    public static async Task<IReadOnlyList<PodRow>> AllAsync(LabCluster cluster) =>
        await Task.WhenAll(cluster.State.Pods.Where(pod => pod.Job.Length == 0).Select(pod => OfAsync(cluster, pod)));

    private static async Task<PodRow> OfAsync(LabCluster cluster, PodState pod)
    {
        var runsMySql = pod.Containers.Any(container => container.Name == MySqlStatus.Container && container.Id.Length > 0);
        var server = runsMySql ? await MySqlStatus.AskAsync(cluster, $"{pod.Namespace}/{pod.Name}") : null;
        return new PodRow(
            pod.Name, pod.Namespace, PodRole.Of(server, pod.Labels), pod.Ready, server?.ServerId, pod.Address, server?.Follows ?? string.Empty,
            server?.LagSeconds, pod.Claims, pod.Restarts, pod.Ready ? string.Empty : Reasons(pod, server),
            server?.SemiSync ?? string.Empty)
        {
            TlsProblem = server?.TlsProblem ?? string.Empty,
            Disconnected = server?.Disconnected ?? string.Empty,
            Set = pod.Set,
        };
    }

    private static string Reasons(PodState pod, MySqlStatus? server) =>
        server is { Reason.Length: > 0 } ? server.Reason : pod.Message.Length > 0 ? pod.Message : pod.Reason;
}
