using Lab.Processes;
using Trials.Faults;
using Xunit;

namespace Trials.Clusters;

/// <summary>The MySQL system on the lab while nothing fails: order, names, replication, claims, scaling, and what is left when it is over.</summary>
[Trait("level", "lab")]
public sealed class MySqlLabTests(PodFaultFixture fixture) : IClassFixture<PodFaultFixture>, IAsyncLifetime
{
    private static readonly string[] Pods = ["mysql-0", "mysql-1", "mysql-2"];

    private ICluster? cluster;

    private ICluster Cluster => cluster ?? throw new InvalidOperationException("the test was skipped");

    public async Task InitializeAsync() =>
        cluster = await fixture.ReadyAsync(async () => await LabTestCluster.StartAsync(this), async (_, replicas) => Patience.Of(await Stack.MySqlAsync(ServerTerms.MySql57.Settings(replicas))));

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task Servers_have_their_roles_ids_and_names_and_were_made_in_order()
    {
        var pods = await Cluster.PodsAsync();
        Assert.Equal(Pods, pods.Select(pod => pod.Name));
        for (var ordinal = 0; ordinal < pods.Count; ordinal++)
        {
            var status = await Cluster.StatusAsync(Pods[ordinal]);
            Assert.Equal(ordinal == 0 ? "primary" : "replica", status["role"]);
            Assert.Equal($"{100 + ordinal}", status["server_id"]);
            Assert.Equal(ordinal == 0 ? "0" : "1", status["read_only"]);
            Assert.Equal(ordinal == 0 ? "" : "mysql-0.mysql", status["source_host"]);
            Assert.Equal("yes", status["ready"]);
            await Cluster.ResolvesAsync("mysql-0", "mysql", $"{Pods[ordinal]}.mysql", [pods[ordinal].Address]);
        }

        await Cluster.ResolvesAsync("mysql-1", "mysql", "mysql", pods.Select(pod => pod.Address));
        await Cluster.ResolvesAsync("mysql-1", "mysql", "mysql-read", pods.Select(pod => pod.Address));
        Assert.All(pods.Zip(pods.Skip(1)).Where(pair => pair.Second.CreatedAt > pair.First.CreatedAt), pair => Assert.True(pair.Second.CreatedAt >= pair.First.ReadyAt));
    }

    [SkippableFact]
    [Trait("quick", "yes")]
    public async Task A_row_written_to_the_primarys_name_is_read_on_every_server_and_through_the_read_Service()
    {
        await Cluster.SqlAsync("mysql-2", "CREATE DATABASE IF NOT EXISTS shop; CREATE TABLE IF NOT EXISTS shop.items (name VARCHAR(20)); DELETE FROM shop.items; INSERT INTO shop.items VALUES ('teapot');", "mysql-0.mysql");
        await Cluster.SameDataAsync("mysql", 3);
        foreach (var host in Pods.Select(pod => $"{pod}.mysql"))
        {
            Assert.Equal("teapot", await Cluster.SqlAsync("mysql-1", "SELECT name FROM shop.items;", host));
        }

        // A pod asks the Service's name for the server nearest to it.
        foreach (var pod in Pods)
        {
            Assert.Equal("teapot", await Cluster.SqlAsync(pod, "SELECT name FROM shop.items;", "mysql-read"));
        }
    }

    [SkippableFact]
    public async Task A_write_on_a_replica_is_refused()
    {
        var (code, output) = await Cluster.TrySqlAsync("mysql-0", "CREATE DATABASE refused;", "mysql-1.mysql");
        Assert.NotEqual(0, code);
        Assert.Contains("ERROR 1290", output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("mysql-1")]
    [InlineData("mysql-0")]
    public async Task A_deleted_pod_comes_back_with_its_name_claim_data_and_record(string name)
    {
        await Cluster.SqlAsync("mysql-0", "CREATE DATABASE IF NOT EXISTS kept; CREATE TABLE IF NOT EXISTS kept.rows_before (at TIMESTAMP(6)); INSERT INTO kept.rows_before VALUES (NOW(6));");
        await Cluster.SameDataAsync("mysql", 3);
        var claims = await Cluster.ClaimsAsync();
        var content = await Cluster.ContentAsync(name);
        var before = (await Cluster.PodsAsync()).Single(pod => pod.Name == name);
        await Cluster.DeletePodsAsync([name]);
        await Cluster.PodsAsync(pods => pods.All(pod => pod.Uid != before.Uid), $"{name} to be gone");

        var after = (await Cluster.ReadyAsync("mysql", 3)).Single(pod => pod.Name == name);
        Assert.Equal(content, await Cluster.ContentAsync(name));
        Assert.Equal(claims, await Cluster.ClaimsAsync());
        await Cluster.ResolvesAsync("mysql-2", "mysql", $"{name}.mysql", [after.Address]);
        await Cluster.SameDataAsync("mysql", 3);
    }

    [SkippableFact]
    public async Task Scaling_up_and_down_again_keeps_every_claim()
    {
        await fixture.ScaleAsync(5);
        await Cluster.SameDataAsync("mysql", 5);
        var untouched = (await Cluster.PodsAsync()).Take(3).Select(pod => pod.Uid).ToList();
        await fixture.ScaleAsync(3);
        Assert.Equal(untouched, (await Cluster.PodsAsync()).Select(pod => pod.Uid));
        Assert.Equal(Enumerable.Range(0, 5).Select(ordinal => $"data-mysql-{ordinal}"), await Cluster.ClaimsAsync());
    }

    [SkippableFact]
    public async Task Down_leaves_nothing_behind()
    {
        var lab = await LabTestCluster.StartAsync(this);
        var folder = lab.Folder;
        try
        {
            await lab.ApplyAsync(await Stack.MySqlAsync(ServerTerms.MySql57.Settings(1)));
            await lab.ReadyAsync("mysql", 1);
            Assert.NotEmpty(ProcessesOf(folder.Id));
        }
        finally
        {
            await lab.DisposeAsync();
        }

        var runner = new CommandRunner();
        foreach (var list in new string[][] { ["ps", "--all", "--quiet"], ["pod", "ps", "--quiet"], ["volume", "ls", "--quiet"], ["network", "ls", "--quiet"] })
        {
            var left = await runner.RunAsync(new Command("podman", [.. list, "--filter", $"label={folder.LabelArgument}"]));
            Assert.Equal(string.Empty, left.StandardOutput.Trim());
        }

        Assert.Empty(ProcessesOf(folder.Id));
        Assert.DoesNotContain(folder.Id, await File.ReadAllTextAsync("/proc/mounts"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path));
    }

    private static List<string> ProcessesOf(string instance) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => WatchedProcess.Find(int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))).OfType<WatchedProcess>()
            .Select(process => string.Join(' ', process.CommandLine())).Where(line => line.Contains(instance, StringComparison.Ordinal)),
    ];
}
