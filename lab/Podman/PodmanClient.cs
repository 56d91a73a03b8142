using Lab.Processes;

namespace Lab.Podman;

/// <summary>Calls podman with the lab's own configuration.</summary>
/// <param name="folder">The instance's folder.</param>
/// <param name="runner">Runs the program.</param>
public sealed class PodmanClient(LabFolder folder, ICommandRunner runner)
{
    // The host may lack CAP_SYS_RESOURCE (no limit may be raised) and use cgroups v1, which crun refuses; see containers.conf(5).
    private const string Configuration = """
        [containers]
        default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
        log_driver = "k8s-file"
        http_proxy = false

        [engine]
        runtime = "runc"
        cgroup_manager = "cgroupfs"
        events_logger = "file"

        """;

    /// <summary>Writes the configuration.</summary>
    public void Configure()
    {
        if (AtomicFile.Read(folder.PodmanConfiguration) != Configuration)
        {
            AtomicFile.Write(folder.PodmanConfiguration, Configuration);
        }
    }

    /// <summary>Runs podman and says how it ended, whatever that is.</summary>
    public Task<CommandResult> TryAsync(IReadOnlyList<string> arguments, TimeSpan? timeout = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["CONTAINERS_CONF"] = folder.PodmanConfiguration,
        };
        return runner.RunAsync(new Command("podman", arguments) { Environment = variables, Timeout = timeout ?? TimeSpan.FromMinutes(1) });
    }

    /// <summary>Runs podman and gives its output without the line end.</summary>
    /// <exception cref="ClusterException">It failed.</exception>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var result = await TryAsync(arguments).ConfigureAwait(false);
        return result.Succeeded ? result.StandardOutput.TrimEnd('\n') : throw Failed(arguments, result);
    }

    /// <summary>The failure of a call as a sentence.</summary>
    public static ClusterException Failed(IReadOnlyList<string> arguments, CommandResult result)
    {
        var lines = result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var why = result.TimedOut ? "it took too long" : lines.LastOrDefault(line => line.StartsWith("Error:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? $"exit code {result.ExitCode}";
        return new ClusterException($"podman {string.Join(' ', arguments.Take(2))} failed: {why}", lines);
    }
}
