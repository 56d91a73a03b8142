using System.Globalization;
using System.Text.Json.Nodes;
using k8s.Models;
using Lab.Podman;
using Lab.Probes;
using Lab.Processes;

namespace Lab.Pods;

/// <summary>Runs pods with podman.</summary>
/// <param name="folder">The instance's folder.</param>
/// <param name="podman">Calls podman.</param>
/// <param name="network">The pods' network.</param>
/// <param name="podVolumes">The pods' volumes.</param>
/// <param name="start">Writes the command that starts a container.</param>
/// <param name="probes">Does the checks.</param>
public sealed class PodmanPods(LabFolder folder, PodmanClient podman, PodNetwork network, PodVolumes podVolumes, ContainerStart start, ProbeRunner probes) : IPodRuntime
{
    private const int LongestHostname = 63;

    private static readonly string[] Removed = ["--force", "--ignore", "--time", "0"];

    /// <inheritdoc/>
    public async Task<Sandbox> StartSandboxAsync(PodRecord pod)
    {
        await podVolumes.PrepareAsync(pod).ConfigureAwait(false);
        var name = folder.NameOf(pod.Namespace, pod.Name);
        await podman.RunAsync(
        [
            "pod", "create", "--replace", "--name", name, "--label", folder.LabelArgument, "--label", $"{ContainerStart.UidLabel}={pod.Uid}",
            "--hostname", pod.Name.Length > LongestHostname ? pod.Name[..LongestHostname] : pod.Name, "--network", network.Name, "--no-hosts", "--share", "net,uts,ipc", "--infra-image", PauseImage.Name,
            "--infra-command", PauseImage.Command, "--infra-name", Infra(pod), .. SecurityArguments.Kernel(pod.Template.Spec.SecurityContext),
        ]).ConfigureAwait(false);
        await podman.RunAsync("pod", "start", name).ConfigureAwait(false);
        await network.KeepAddressAsync().ConfigureAwait(false);
        var sandbox = await FindSandboxAsync(pod).ConfigureAwait(false) ?? throw new ClusterException($"The network of {pod.Name} ended as soon as it had started.");
        start.WriteNames(pod, sandbox, network.Gateway);
        return sandbox;
    }

    /// <inheritdoc/>
    public async Task<AdoptedPod> AdoptAsync(PodRecord pod)
    {
        var sandbox = await FindSandboxAsync(pod).ConfigureAwait(false);
        var ids = (await podman.RunAsync("ps", "--all", "--quiet", "--no-trunc", "--filter", $"label={ContainerStart.UidLabel}={pod.Uid}", "--filter", $"label={ContainerStart.NameLabel}").ConfigureAwait(false))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var runs = new Dictionary<string, ContainerRun>(StringComparer.Ordinal);
        foreach (var id in sandbox is null ? [] : ids)
        {
            var json = JsonNode.Parse(await podman.RunAsync("container", "inspect", id).ConfigureAwait(false))?[0];
            var run = ContainerStart.RunOf(json!, start.LogOf);
            var state = (string?)json?["State"]?["Status"];
            if (state is "running" or "exited" && !(runs.TryGetValue(run.Container, out var other) && other.Attempt > run.Attempt))
            {
                runs[run.Container] = run;
            }
        }

        return new AdoptedPod(sandbox, runs);
    }

    /// <inheritdoc/>
    public Task WaitSandboxAsync(Sandbox sandbox, CancellationToken cancel) =>
        WatchedProcess.Find(sandbox.Pid)?.WaitForExitAsync(cancel) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ContainerRun> StartContainerAsync(PodRecord pod, Sandbox sandbox, V1Container container, bool init, int attempt) =>
        start.RunAsync(pod, sandbox, container, init, attempt);

    /// <inheritdoc/>
    public async Task<RunEnd> WaitAsync(ContainerRun run, CancellationToken cancel)
    {
        if (WatchedProcess.Find(run.Pid) is { } process)
        {
            await process.WaitForExitAsync(cancel).ConfigureAwait(false);
        }

        // conmon, the container's parent, writes the exit code a moment after the process has gone.
        for (var tries = 0; tries < 50; tries++)
        {
            var result = await podman.TryAsync(["container", "inspect", "--format", "{{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}}", run.Id]).ConfigureAwait(false);
            var fields = result.StandardOutput.Trim().Split(' ');
            if (!result.Succeeded)
            {
                return new RunEnd(137);
            }

            if (fields is ["exited" or "stopped", var code, var outOfMemory])
            {
                return new RunEnd(int.Parse(code, CultureInfo.InvariantCulture), outOfMemory == "true");
            }

            await Task.Delay(100, cancel).ConfigureAwait(false);
        }

        return new RunEnd(255);
    }

    /// <inheritdoc/>
    public async Task StopAsync(ContainerRun run, bool kill)
    {
        var signal = "KILL";
        if (!kill)
        {
            var inspected = await podman.TryAsync(["container", "inspect", "--format", "{{.Config.StopSignal}}", run.Id]).ConfigureAwait(false);
            signal = inspected.Succeeded && inspected.StandardOutput.Trim() is { Length: > 0 } own ? own : "TERM";
        }

        await podman.TryAsync(["container", "kill", "--signal", signal, run.Id]).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<ProbeResult> ProbeAsync(Sandbox sandbox, ContainerRun run, V1Container container, V1Probe probe, CancellationToken cancel) =>
        probes.RunAsync(sandbox, run, container, probe, cancel);

    /// <inheritdoc/>
    public async Task RemoveAsync(PodRecord pod, bool volumes)
    {
        await podman.RunAsync(["pod", "rm", .. Removed, folder.NameOf(pod.Namespace, pod.Name)]).ConfigureAwait(false);
        if (volumes)
        {
            await podVolumes.RemoveAsync(pod).ConfigureAwait(false);
            if (Directory.Exists(folder.Pod(pod.Uid)))
            {
                Directory.Delete(folder.Pod(pod.Uid), recursive: true);
            }
        }
    }

    private string Infra(PodRecord pod) => $"{folder.NameOf(pod.Namespace, pod.Name)}.pause";

    private async Task<Sandbox?> FindSandboxAsync(PodRecord pod)
    {
        var result = await podman.TryAsync(["container", "inspect", Infra(pod)]).ConfigureAwait(false);
        var json = result.Succeeded ? JsonNode.Parse(result.StandardOutput)?[0] : null;
        var address = (string?)json?["NetworkSettings"]?["Networks"]?[network.Name]?["IPAddress"];
        var pid = (int?)json?["State"]?["Pid"] ?? 0;
        var own = (string?)json?["Config"]?["Labels"]?[ContainerStart.UidLabel] ?? pod.Uid;
        return own == pod.Uid && WatchedProcess.Find(pid) is not null && !string.IsNullOrEmpty(address) ? new Sandbox(address, pid) : null;
    }
}
