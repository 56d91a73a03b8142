using Lab.Manifests;
using Trials.Clusters;
using Xunit;

namespace Trials.Faults;

/// <summary>The faults that need only pods deleted and names looked up, for any cluster. Each starts and ends with three ready servers.</summary>
public abstract class PodFaultBehaviour(PodFaultFixture fixture) : IAsyncLifetime
{
    private const string Kept = "the volume holds data; nothing to seed";
    private static readonly string[] AllPods = ["mysql-0", "mysql-1", "mysql-2"];
    private static readonly string[] Replicas = ["mysql-1", "mysql-2"];

    private ICluster? cluster;

    /// <summary>Which servers.</summary>
    protected abstract ServerTerms Terms { get; }

    private ICluster Cluster => cluster ?? throw new InvalidOperationException("the test was skipped");

    public async Task InitializeAsync() => cluster = await fixture.ReadyAsync(StartAsync, ManifestsAsync);

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task F13_a_replica_seeded_from_a_replica_under_writes_follows_the_primary_from_the_right_place()
    {
        // The chain 0 -> 1 -> 2 was made, and compared, when this cluster came up under a writing client.
        Assert.Contains("seeded from mysql-1.mysql", fixture.ChainLog, StringComparison.Ordinal);
        Assert.Equal("mysql-0.mysql", (await Cluster.StatusAsync("mysql-2"))["source_host"]);
        Assert.Equal(string.Empty, (await Cluster.StatusAsync("mysql-2"))["error"]);
        await WriteRowAsync();
        await Cluster.SameDataAsync("mysql", 3);
    }

    [SkippableTheory]
    [InlineData("mysql-0")]
    [InlineData("mysql-1")]
    public async Task F14_a_pod_killed_under_writes_comes_back_on_its_claim_and_resumes_where_it_was(string pod)
    {
        await using var writer = await RecordingWriter.StartAsync(Cluster);
        await KilledAsync(pod);
        await Cluster.ReadyAsync("mysql", 3, 180);
        await writer.MoreAsync(20);
        await writer.NothingIsMissingAsync(3);
        Assert.Contains(Kept, await Cluster.LogAsync(pod, "clone-mysql"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task F15_all_pods_killed_at_once_under_writes_come_back_in_order_with_every_acknowledged_row()
    {
        await using var writer = await RecordingWriter.StartAsync(Cluster);
        await KilledAsync(AllPods);
        var (ready, early) = (new HashSet<string>(), new List<string>());
        await Cluster.PodsAsync(
            pods =>
            {
                ready.UnionWith(pods.Where(pod => pod.Ready).Select(pod => pod.Name));
                early.AddRange(AllPods.Zip(Replicas).Where(pair => !ready.Contains(pair.First) && pods.Any(pod => pod.Name == pair.Second)).Select(pair => $"{pair.Second} before {pair.First} was ready"));
                return AllPods.All(name => pods.Any(pod => pod.Name == name && pod.Ready));
            },
            "3 ready pods of mysql",
            240);
        Assert.Empty(early.Distinct());
        Assert.Equal(AllPods, (await Cluster.ReadyAsync("mysql", 3, 240)).Select(pod => pod.Name));
        await writer.MoreAsync(20);
        await writer.NothingIsMissingAsync(3);
        foreach (var pod in Replicas)
        {
            Assert.Contains(Kept, await Cluster.LogAsync(pod, "clone-mysql"), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task F20_replicas_stay_ready_while_the_primary_is_away_and_find_it_at_its_new_address()
    {
        await using var writer = await RecordingWriter.StartAsync(Cluster);
        var address = (await Cluster.PodsAsync()).Single(pod => pod.Name == "mysql-0").Address;
        await KilledAsync("mysql-0");
        var unready = new List<string>();
        await Cluster.PodsAsync(
            pods =>
            {
                unready.AddRange(pods.Where(pod => Replicas.Contains(pod.Name) && !pod.Ready).Select(pod => pod.Name));
                return pods.Any(pod => pod is { Name: "mysql-0", Ready: true, Terminating: false });
            },
            "mysql-0 to be ready again");
        Assert.Empty(unready);
        Assert.NotEqual(address, (await Cluster.PodsAsync()).Single(pod => pod.Name == "mysql-0").Address);
        await writer.MoreAsync(20);
        await writer.NothingIsMissingAsync(3);
    }

    [SkippableFact]
    public async Task F25_a_replica_scaled_away_and_back_resumes_from_its_own_position_on_its_old_claim()
    {
        await fixture.ScaleAsync(2);
        await using var writer = await RecordingWriter.StartAsync(Cluster);
        await writer.MoreAsync(20);
        await fixture.ScaleAsync(3);
        await writer.MoreAsync(20);
        await writer.NothingIsMissingAsync(3);
        Assert.Contains(Kept, await Cluster.LogAsync("mysql-2", "clone-mysql"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task F29_root_has_a_password_and_probes_and_sidecar_have_logins_of_their_own_with_the_least_rights()
    {
        foreach (var pod in AllPods)
        {
            var (code, output) = await Cluster.ExecAsync(pod, "mysql", "bash", "-c", "mysql --no-defaults --user=root --host=127.0.0.1 --execute='SELECT 1' 2>&1");
            Assert.NotEqual(0, code);
            Assert.Contains("ERROR 1045", output, StringComparison.Ordinal);

            var users = await Cluster.SqlAsync(pod, "SELECT CONCAT_WS(' ', User, Host, Super_priv, Select_priv, Insert_priv, Create_priv, Grant_priv, Repl_slave_priv) FROM mysql.user WHERE User IN ('health', 'backup', 'replication') ORDER BY User;");
            Assert.Equal(Terms.Users, users);
        }

        Assert.All(await Cluster.PodsAsync(), pod => Assert.True(pod.Ready));
        foreach (var pod in AllPods)
        {
            Assert.Equal("yes", (await Cluster.StatusAsync(pod))["ready"]);
        }
    }

    [SkippableFact]
    public async Task F30_a_write_sent_to_a_replica_is_refused_even_for_SUPER()
    {
        Assert.Equal("Y", (await Cluster.SqlAsync("mysql-1", "SELECT DISTINCT Super_priv FROM mysql.user WHERE User = 'root';")).Trim());
        foreach (var pod in Replicas)
        {
            var (code, output) = await Cluster.TrySqlAsync("mysql-0", "CREATE DATABASE refused;", $"{pod}.mysql");
            Assert.NotEqual(0, code);
            Assert.Contains("ERROR 1290", output, StringComparison.Ordinal);
        }

        await Cluster.SameDataAsync("mysql", 3);
    }

    /// <summary>A cluster to run them on; skips where there is none.</summary>
    protected abstract Task<ICluster> StartAsync();

    /// <summary>The objects for a namespace and so many servers.</summary>
    protected abstract Task<IReadOnlyList<Manifest>> ManifestsAsync(string namespaceName, int replicas);

    private Task<string> WriteRowAsync() => Cluster.SqlAsync("mysql-0", "CREATE TABLE IF NOT EXISTS faults.rows_of_tests (at TIMESTAMP(6) PRIMARY KEY); INSERT INTO faults.rows_of_tests VALUES (NOW(6));");

    private async Task KilledAsync(params string[] names)
    {
        var before = (await Cluster.PodsAsync()).Where(pod => names.Contains(pod.Name)).Select(pod => pod.Uid).ToList();
        Assert.Equal(names.Length, before.Count);
        await Cluster.DeletePodsAsync(names, kill: true);
        await Cluster.PodsAsync(pods => !pods.Any(pod => before.Contains(pod.Uid)), $"{string.Join(", ", names)} to be gone");
    }
}
