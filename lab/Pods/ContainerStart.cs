using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using Lab.Images;
using Lab.Podman;
using Lab.Specs;

namespace Lab.Pods;

/// <summary>Starts containers in a pod's network.</summary>
/// <param name="folder">The instance's folder.</param>
/// <param name="podman">Calls podman.</param>
/// <param name="volumes">The pods' volumes.</param>
/// <param name="images">Finds images.</param>
/// <param name="objects">The ConfigMaps and Secrets there are.</param>
/// <param name="time">The clock.</param>
public sealed class ContainerStart(LabFolder folder, PodmanClient podman, PodVolumes volumes, IImages images, Func<DesiredCluster> objects, TimeProvider time)
{
    /// <summary>The label with the pod's uid.</summary>
    public const string UidLabel = LabFolder.Label + ".uid";

    /// <summary>The label with the container's name in the pod.</summary>
    public const string NameLabel = LabFolder.Label + ".container";

    private const string AttemptLabel = LabFolder.Label + ".attempt";
    private const int LogsKept = 5;

    /// <summary>The file of a run's output.</summary>
    public string LogOf(string uid, string container, int attempt) =>
        Path.Combine(folder.Pod(uid), "logs", string.Create(CultureInfo.InvariantCulture, $"{container}.{attempt}.log"));

    /// <summary>Writes the pod's /etc/hosts and /etc/resolv.conf as the kubelet does.</summary>
    public void WriteNames(PodRecord pod, Sandbox sandbox, string dns)
    {
        var names = pod.Service.Length > 0 ? $"{pod.Name}.{pod.Service}.{pod.Namespace}.svc.{LabFolder.Domain} {pod.Name}" : pod.Name;
        WriteShared(pod, "hosts", $"127.0.0.1 localhost\n::1 localhost\n{sandbox.Address} {names}\n");
        WriteShared(pod, "resolv.conf", $"search {pod.Namespace}.svc.{LabFolder.Domain} svc.{LabFolder.Domain} {LabFolder.Domain}\nnameserver {dns}\noptions ndots:5\n");
    }

    /// <summary>Starts a container.</summary>
    /// <exception cref="ContainerStartException">It cannot be started.</exception>
    public async Task<ContainerRun> RunAsync(PodRecord pod, Sandbox sandbox, V1Container container, bool init, int attempt)
    {
        var name = $"{folder.NameOf(pod.Namespace, pod.Name)}.{container.Name}.{attempt}";
        var log = LogOf(pod.Uid, container.Name, attempt);
        var image = await images.ResolveAsync(container.Image, container.ImagePullPolicy).ConfigureAwait(false);
        var variables = Path.Combine(folder.Pod(pod.Uid), $"{container.Name}.env");
        var pidFile = Path.Combine(folder.Pod(pod.Uid), $"{container.Name}.pid");
        try
        {
            await NonRoot.RequireAsync(
                pod.Template.Spec.SecurityContext, container.SecurityContext, () => podman.RunAsync("image", "inspect", "--format", "{{.Config.User}}", image)).ConfigureAwait(false);
            var environment = ContainerEnvironment.Resolve(pod, container, sandbox.Address, objects());
            var mounts = await volumes.MountsAsync(pod, container).ConfigureAwait(false);
            PrepareLog(log, pod.Uid, container.Name, attempt);
            if (attempt > 0)
            {
                await RemoveEarlierAsync(pod, container).ConfigureAwait(false);
            }

            // In a file, because other users of this machine can read a command line.
            var (lines, byName) = Split(environment);
            AtomicFile.Write(variables, lines);
            string[] arguments =
            [
                "run", "--detach", "--replace", "--pidfile", pidFile, "--name", name, "--pod", folder.NameOf(pod.Namespace, pod.Name), "--pull", "never", "--restart", "no",
                "--label", folder.LabelArgument, "--label", $"{UidLabel}={pod.Uid}", "--label", $"{NameLabel}={container.Name}",
                "--label", string.Create(CultureInfo.InvariantCulture, $"{AttemptLabel}={attempt}"), "--log-driver", "k8s-file", "--log-opt", $"path={log}",
                "--env-file", variables, .. byName.Keys.SelectMany(key => new[] { "--env", key }),
                "--mount", $"type=bind,source={Shared(pod, "hosts")},destination=/etc/hosts",
                "--mount", $"type=bind,source={Shared(pod, "resolv.conf")},destination=/etc/resolv.conf",
                .. mounts, .. SecurityArguments.Of(pod.Template.Spec.SecurityContext, container.SecurityContext), .. ResourceArguments.Of(container.Resources),
                .. container.WorkingDir.Length > 0 ? new[] { "--workdir", container.WorkingDir } : [],
                .. Program(image, container, environment),
            ];
            var started = await podman.TryAsync(arguments, environment: byName).ConfigureAwait(false);
            if (!started.Succeeded)
            {
                await podman.TryAsync(["container", "rm", "--force", "--ignore", "--volumes", name]).ConfigureAwait(false);
                throw new ContainerStartException("RunContainerError", PodmanClient.Failed(arguments, started).Message);
            }

            _ = int.TryParse(AtomicFile.Read(pidFile), CultureInfo.InvariantCulture, out var pid);
            return new ContainerRun(container.Name, started.StandardOutput.Trim(), pid, attempt, time.GetUtcNow(), log);
        }
        catch (ClusterException wrong)
        {
            throw new ContainerStartException("CreateContainerConfigError", wrong.Message, wrong);
        }
        finally
        {
            File.Delete(variables);
        }
    }

    /// <summary>Reads a run from what podman says of its container.</summary>
    public static ContainerRun RunOf(JsonNode json, Func<string, string, int, string> logOf)
    {
        var labels = json["Config"]!["Labels"]!;
        var container = (string)labels[NameLabel]!;
        var attempt = int.Parse((string)labels[AttemptLabel]!, CultureInfo.InvariantCulture);
        return new ContainerRun(
            container,
            (string)json["Id"]!,
            (int)json["State"]!["Pid"]!,
            attempt,
            DateTimeOffset.Parse((string)json["State"]!["StartedAt"]!, CultureInfo.InvariantCulture),
            logOf((string)labels[UidLabel]!, container, attempt));
    }

    // Podman reads one variable a line; one whose value has several goes through podman's own environment.
    private static (string Lines, IReadOnlyDictionary<string, string?> ByName) Split(IReadOnlyDictionary<string, string> environment)
    {
        var single = environment.Where(pair => !pair.Value.Contains('\n', StringComparison.Ordinal)).Select(pair => $"{pair.Key}={pair.Value}\n");
        return (string.Concat(single), environment.Where(pair => pair.Value.Contains('\n', StringComparison.Ordinal)).ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
    }

    private static IEnumerable<string> Program(string image, V1Container container, IReadOnlyDictionary<string, string> environment)
    {
        var command = container.Command.Select(word => ContainerEnvironment.Expand(word, environment)).ToList();
        var words = container.Args.Select(word => ContainerEnvironment.Expand(word, environment));
        return command.Count == 0 ? [image, .. words] : ["--entrypoint", JsonSerializer.Serialize(command.Take(1)), image, .. command.Skip(1), .. words];
    }

    private async Task RemoveEarlierAsync(PodRecord pod, V1Container container)
    {
        var ids = await podman.RunAsync(
            "ps", "--all", "--quiet", "--filter", $"label={UidLabel}={pod.Uid}", "--filter", $"label={NameLabel}={container.Name}").ConfigureAwait(false);
        foreach (var id in ids.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await podman.TryAsync(["container", "rm", "--force", "--ignore", "--volumes", "--time", "0", id]).ConfigureAwait(false);
        }
    }

    private void PrepareLog(string log, string uid, string container, int attempt)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        File.Delete(log);
        if (attempt >= LogsKept)
        {
            File.Delete(LogOf(uid, container, attempt - LogsKept));
        }
    }

    private void WriteShared(PodRecord pod, string name, string content)
    {
        // Kept in place, because running containers have this very file mounted.
        File.WriteAllText(Shared(pod, name), content);
        File.SetUnixFileMode(Shared(pod, name), (UnixFileMode)0x1A4);
    }

    private string Shared(PodRecord pod, string name) => Path.Combine(folder.Pod(pod.Uid), name);
}
