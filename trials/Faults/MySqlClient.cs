using Trials.Clusters;
using Xunit;

namespace Trials.Faults;

/// <summary>SQL in a pod of any cluster, as root, by means of its own: nothing of the scripts under test takes part.</summary>
internal static class MySqlClient
{
    // The password comes from the Secret's volume; pods of the classic scripts have none, and root an empty password.
    private const string Script =
        """
        password=
        [[ ! -r /mnt/credentials/root-password ]] || password=$(</mnt/credentials/root-password)
        exec mysql --defaults-file=<(printf '[client]\nuser=root\npassword=%s\nhost=%s\n' "$password" "$1") \
            --connect-timeout=3 --batch --skip-column-names --unbuffered <<<"$2" 2>&1
        """;

    /// <summary>Runs statements on a host, from within a pod.</summary>
    /// <returns>The client's exit code, and the values it printed or its error.</returns>
    public static Task<(int ExitCode, string Output)> TrySqlAsync(this ICluster cluster, string pod, string statements, string host = "127.0.0.1") =>
        cluster.ExecAsync(pod, "mysql", "bash", "-c", Script, "sql", host, statements);

    /// <summary>Runs statements that have to succeed; the values they print.</summary>
    public static async Task<string> SqlAsync(this ICluster cluster, string pod, string statements, string host = "127.0.0.1")
    {
        var (code, output) = await cluster.TrySqlAsync(pod, statements, host);
        Assert.True(code == 0, $"{pod}: {statements}: {output}");
        return output.Trim();
    }

    /// <summary>Has a server forget all binary logs but the one that it writes to.</summary>
    public static async Task PurgeAsync(this ICluster cluster, string pod)
    {
        var current = (await cluster.SqlAsync(pod, "FLUSH BINARY LOGS; SHOW BINARY LOGS;")).Split('\n')[^1].Split('\t')[0];
        // A log that the server still has open for a replica, also for one that just went, is skipped without an error.
        await ClusterWaits.UntilAsync(
            async () => (await cluster.SqlAsync(pod, $"PURGE BINARY LOGS TO '{current}'; SHOW BINARY LOGS;")).StartsWith(current, StringComparison.Ordinal),
            () => $"only {current} to be left of the binary logs of {pod}",
            30);
    }

    /// <summary>What the pod's own status script says, by key.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> StatusAsync(this ICluster cluster, string pod)
    {
        var (code, output) = await cluster.ExecAsync(pod, "mysql", "bash", "/mnt/scripts/status.sh");
        Assert.Equal(0, code);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    /// <summary>One line for each table that is not the server's own: its name and the checksum of its rows, and the cluster's identity.</summary>
    public static async Task<string> ContentAsync(this ICluster cluster, string pod)
    {
        const string Tables =
            """
            SELECT CONCAT('`', table_schema, '`.`', table_name, '`') FROM information_schema.tables WHERE table_type = 'BASE TABLE'
            AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema') ORDER BY 1;
            """;
        var (code, tables) = await cluster.TrySqlAsync(pod, Tables);
        if (code != 0)
        {
            return $"{pod} does not answer: {tables}";
        }

        var names = tables.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var (_, sums) = await cluster.TrySqlAsync(pod, names.Length == 0 ? "SELECT 'no tables';" : $"CHECKSUM TABLE {string.Join(", ", names)};");
        return sums.Trim();
    }

    /// <summary>Waits until pods hold the very rows of the primary, table by table.</summary>
    public static async Task SameDataAsync(this ICluster cluster, string set, int replicas, int seconds = 60)
    {
        foreach (var ordinal in Enumerable.Range(1, replicas - 1))
        {
            string primary = "", replica = "";
            await ClusterWaits.UntilAsync(
                async () =>
                {
                    primary = await cluster.ContentAsync($"{set}-0");
                    replica = await cluster.ContentAsync($"{set}-{ordinal}");
                    return primary == replica;
                },
                () => $"{set}-{ordinal} to hold what {set}-0 holds:\n{primary}\nIt holds:\n{replica}",
                seconds);
        }
    }
}
