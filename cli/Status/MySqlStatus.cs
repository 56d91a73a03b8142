using System.Globalization;
using Lab;

namespace Cli.Status;

/// <summary>What a MySQL server says of itself, by the status script that runs beside it.</summary>
/// <param name="Values">Each value by its key, as the script prints them.</param>
public sealed record MySqlStatus(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The container that the server runs in.</summary>
    public const string Container = "mysql";

    /// <summary>What is run in it to ask the server.</summary>
    internal static readonly string[] Script = ["bash", "/mnt/scripts/status.sh"];

    /// <summary>How long the answer may take.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Whether it is the primary or a replica.</summary>
    public string Role => Values.GetValueOrDefault("role", string.Empty);

    /// <summary>The server's id; nothing while it does not answer.</summary>
    public int? ServerId => Number("server_id");

    /// <summary>The host it follows; empty for a primary.</summary>
    public string Follows => Values.GetValueOrDefault("source_host", string.Empty);

    /// <summary>How far it is behind, in seconds; nothing for a primary, and while it is not known.</summary>
    public int? LagSeconds => Number("lag_seconds");

    /// <summary>on while the primary waits for a replica, fallen-back while it does not; empty where it never does.</summary>
    public string SemiSync => Values.GetValueOrDefault("semi_sync", string.Empty);

    /// <summary>What is wrong with its certificate, or that its primary is not verified yet; empty where nothing is, and where there is none.</summary>
    public string TlsProblem => Values.GetValueOrDefault("tls", string.Empty) is not "verified" and var said ? said : string.Empty;

    /// <summary>That a replica receives nothing, and what is known of why: it serves readers all the same, as what it has is sound. Empty where it does, and for a primary.</summary>
    public string Disconnected => Role == "replica" && Values.GetValueOrDefault("io_running") is "No" or "Connecting"
        ? $"nothing comes from {Follows}, and what is here grows old: {(Values.GetValueOrDefault("error") is { Length: > 0 } error ? error : Values.GetValueOrDefault("sidecar"))}"
        : string.Empty;

    /// <summary>Why it does not serve readers; empty when it does.</summary>
    public string Reason => Values.GetValueOrDefault("reason", string.Empty);

    /// <summary>Asks a pod's server; nothing when its container does not run or does not answer in time.</summary>
    public static async Task<MySqlStatus?> AskAsync(LabCluster cluster, string pod)
    {
        try
        {
            var answer = await cluster.ExecAsync(pod, Container, Script, limit: Limit);
            return answer.Succeeded ? Parse(answer.StandardOutput) : null;
        }
        catch (ClusterException)
        {
            // The container has just ended; the pod's own state says why.
            return null;
        }
    }

    /// <summary>Reads the script's lines, each <c>key=value</c>.</summary>
    public static MySqlStatus Parse(string lines) => new(lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .ToDictionary(pair => pair[0], pair => pair[1]));

    private int? Number(string key) =>
        int.TryParse(Values.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
