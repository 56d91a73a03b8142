using System.Globalization;
using Cli.Clusters;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Cli.Status;

/// <summary>A pod of a real cluster: what the API server says of it, and what only its own programs know.</summary>
/// <param name="client">The cluster.</param>
/// <param name="pod">The pod.</param>
/// <param name="claims">The claims that may be its own.</param>
internal sealed class ClusterPod(IKubernetes client, V1Pod pod, IReadOnlyList<V1PersistentVolumeClaim> claims)
{
    // As in the lab: the status script asks the server, which may be slow.
    private readonly PodExec exec = new(client, pod.Namespace(), MySqlStatus.Limit);

    private const int LongestLine = 4096;

    /// <summary>The StatefulSet that is in charge of a pod; nothing where there is none.</summary>
    public static string? SetOf(V1Pod pod) => pod.OwnerReferences()?.FirstOrDefault(owner => owner is { Kind: "StatefulSet", Controller: true })?.Name;

    /// <summary>The pod's row.</summary>
    public async Task<PodRow> RowAsync()
    {
        var asked = Runs(MySqlStatus.Container) ? exec.AskAsync(pod.Name(), MySqlStatus.Container, MySqlStatus.Script) : Task.FromResult<ExecAnswer?>(null)!;
        var volumes = await Task.WhenAll(Volumes().Select(VolumeAsync));
        var answer = await asked;
        var server = answer is { Succeeded: true } ? MySqlStatus.Parse(answer.Output) : null;
        var ready = IsReady;
        return new PodRow(
            pod.Name(), pod.Namespace(), PodRole.Of(server, pod.Labels()), ready, server?.ServerId, pod.Status?.PodIP ?? string.Empty, server?.Follows ?? string.Empty, server?.LagSeconds,
            [.. volumes.Select(volume => volume.Claim)], pod.Status?.ContainerStatuses?.Sum(container => container.RestartCount) ?? 0,
            ready ? string.Empty : await ReasonsAsync(server, answer), server?.SemiSync ?? string.Empty)
        {
            TlsProblem = server?.TlsProblem ?? string.Empty,
            Disconnected = server?.Disconnected ?? string.Empty,
            Set = SetOf(pod) ?? string.Empty,
            Volumes = volumes,
            NotAsked = answer is null or { Succeeded: true } ? string.Empty : answer.Problem.Length > 0 ? answer.Problem : $"exit code {answer.ExitCode}",
        };
    }

    private bool IsReady => pod.DeletionTimestamp() is null && pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;

    private bool Runs(string container) => pod.Status?.ContainerStatuses?.Any(one => one.Name == container && one.State?.Running is not null) == true;

    private IEnumerable<V1Volume> Volumes() => (pod.Spec?.Volumes ?? []).Where(volume => volume.PersistentVolumeClaim is not null);

    private async Task<VolumeRow> VolumeAsync(V1Volume volume)
    {
        var name = volume.PersistentVolumeClaim.ClaimName;
        var claim = claims.FirstOrDefault(claim => claim.Namespace() == pod.Namespace() && claim.Name() == name);
        var size = $"{ClaimSize.Has(claim)}";
        return new VolumeRow(name, size, await UsedAsync(volume.Name));
    }

    /// <summary>How full a volume's file system is, by a container that has it mounted and runs.</summary>
    private async Task<int?> UsedAsync(string volume)
    {
        var mounted = (from container in pod.Spec.Containers
                       from mount in container.VolumeMounts ?? []
                       where mount.Name == volume && Runs(container.Name)
                       select (container.Name, mount.MountPath)).FirstOrDefault();
        if (mounted.Name is null)
        {
            return null;
        }

        var answer = await exec.AskAsync(pod.Name(), mounted.Name, ["df", "-P", mounted.MountPath]);
        return answer.Succeeded ? Percent(answer.Output) : null;
    }

    /// <summary>The last line of <c>df -P</c>: file system, blocks, used, available, capacity in percent, mount point.</summary>
    private static int? Percent(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var percent, ..]
            && int.TryParse(percent.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var used) ? used : null;

    private async Task<string> ReasonsAsync(MySqlStatus? server, ExecAnswer? answer) =>
        pod.DeletionTimestamp() is not null ? "it is being deleted"
        : server is { Reason.Length: > 0 } ? server.Reason
        : await HeldUpAsync() ?? Unscheduled() ?? Unreached(answer) ?? (pod.Status?.Phase is { Length: > 0 } phase and not "Running" ? phase : "its probe has not succeeded yet");

    // Whether the node is gone, only who may look at nodes can say.
    private string? Unreached(ExecAnswer? answer) => answer?.Problem == PodExec.Unreached ? $"nothing can be run in it: has it just ended, or is its node NotReady? kubectl get node {pod.Spec.NodeName}" : null;

    /// <summary>The first container that all others wait for: one that cannot start, or an init container at work, with what it has said last, where one may read that. It may wait for a person.</summary>
    private async Task<string?> HeldUpAsync()
    {
        // One that is restarted always runs on beside the others.
        var beside = (pod.Spec.InitContainers ?? []).Where(container => container.RestartPolicy == "Always").Select(container => container.Name).ToHashSet();
        var inits = (pod.Status?.InitContainerStatuses ?? []).Where(container => !beside.Contains(container.Name) || container.State?.Waiting is not null);
        if (inits.FirstOrDefault(container => container.State?.Waiting is not null || container.State?.Running is not null)
            is not { State.Waiting: null } atWork)
        {
            return inits.Concat(pod.Status?.ContainerStatuses ?? []).FirstOrDefault(container => container.State?.Waiting is not null) is { } waits
                ? $"{waits.Name}: {waits.State.Waiting.Reason} {waits.State.Waiting.Message}".TrimEnd()
                : null;
        }

        var said = await LastLineAsync(atWork.Name);
        return said.Length == 0 ? $"{atWork.Name} is at work" : $"{atWork.Name}: {said}";
    }

    private async Task<string> LastLineAsync(string container)
    {
        try
        {
            using var limit = new CancellationTokenSource(MySqlStatus.Limit);
            await using var log = await client.CoreV1.ReadNamespacedPodLogAsync(pod.Name(), pod.Namespace(), container: container, tailLines: 1, limitBytes: LongestLine, cancellationToken: limit.Token);
            using var reader = new StreamReader(log);
            return Sentence((await reader.ReadToEndAsync(limit.Token)).Trim());
        }
        catch (Exception failure) when (failure is HttpOperationException or HttpRequestException or IOException or OperationCanceledException)
        {
            return string.Empty;
        }
    }

    /// <summary>A line of a script's log without its time and the script's name, which the container's says as well.</summary>
    private static string Sentence(string line) => line.Split(' ', 3) is [[.., 'Z'], [.., ':'], var sentence] ? sentence : line;

    private string? Unscheduled() => pod.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False" })?.Message;
}
