using Trials.Clusters;
using Xunit;

namespace Trials.Faults.Clone;

/// <summary>Servers whose root logs in from their own pods alone.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class RootTests
{
    private const string Accounts = "SELECT GROUP_CONCAT(Host ORDER BY Host) FROM mysql.user WHERE User = 'root';";
    private const string Local = "127.0.0.1,localhost";
    private const string Remote = "%,localhost";
    private const string Primary = "mysql-0.mysql";

    [SkippableFact]
    public async Task F50_a_running_cluster_keeps_root_home_and_lets_it_out_again()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql84, 2);
        Assert.Equal((0, "42\n"), await lab.Cluster.TrySqlAsync("mysql-1", "SELECT 42;", Primary));
        await lab.Cluster.SqlAsync("mysql-0", "CREATE DATABASE shop; CREATE DEFINER = 'root'@'%' VIEW shop.sold AS SELECT 1;");

        // What a kill in the midst of it would leave is not in the way.
        await lab.Cluster.SqlAsync("mysql-0", "CREATE USER 'root'@'in-the-making.invalid' IDENTIFIED BY 'half';");

        // What works by the account's rights goes on to.
        await ToAsync(lab, remote: false);
        await ClusterWaits.UntilAsync(
            async () => (await lab.Cluster.StatusAsync("mysql-0"))["sidecar"] == "'root'@'%' stays, as it is the definer of shop.sold; it goes when these have another", lab.Story, 90);
        Assert.Equal("1", await lab.Cluster.SqlAsync("mysql-0", "SELECT * FROM shop.sold;"));
        await lab.Cluster.SqlAsync("mysql-0", "DROP VIEW shop.sold;");

        await AreAsync(lab, 2, Local);
        Assert.StartsWith("ERROR 1045 ", (await lab.Cluster.TrySqlAsync("mysql-1", "SELECT 42;", Primary)).Output, StringComparison.Ordinal);
        Assert.StartsWith("ERROR 1045 ", (await lab.Cluster.TrySqlAsync("mysql-0", "SELECT 42;", "mysql-1.mysql")).Output, StringComparison.Ordinal);
        await lab.SeededAsync();

        await ToAsync(lab, remote: true);
        await AreAsync(lab, 2, Remote);
        Assert.Equal((0, "42\n"), await lab.Cluster.TrySqlAsync("mysql-1", "SELECT 42;", Primary));
        await lab.SeededAsync();
    }

    [SkippableFact]
    public async Task F50_where_root_never_leaves_home_passwords_change_and_clones_and_a_lost_primary_come_back()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql84 with { RemoteRoot = false }, 2);
        await AreAsync(lab, 2, Local);
        Assert.StartsWith("ERROR 1045 ", (await lab.Cluster.TrySqlAsync("mysql-1", "SELECT 42;", Primary)).Output, StringComparison.Ordinal);
        var (code, said) = await lab.Cluster.ExecAsync("mysql-0", "mysql", "bash", "-c", $"bash /mnt/scripts/sql.sh {Primary} <<<'SELECT CURRENT_USER();' 2>&1");
        Assert.True(code == 0 && said.Contains("root@127.0.0.1", StringComparison.Ordinal), said);
        Assert.Contains("root logs in from a server's own pod alone", (await lab.Cluster.ExecAsync("mysql-1", "mysql", "bash", "-c", $"bash /mnt/scripts/sql.sh {Primary} <<<'SELECT 1;' 2>&1")).Output, StringComparison.Ordinal);

        await CredentialTests.RotateAsync(lab, "home", 2);
        await lab.SeededAsync();

        lab.Lab.Scale(FaultLab.Set, 3);
        await lab.SeededAsync(3);
        await lab.LoseVolumeAsync("mysql-0");
        await lab.SaysAsync("mysql-0", "clone-mysql", "taking the data of", 120);
        await lab.SeededAsync(3);
        await CredentialTests.RotateAsync(lab, "again");
        await lab.SeededAsync(3);
        await AreAsync(lab, 3, Local);
    }

    private static async Task ToAsync(FaultLab lab, bool remote)
    {
        var before = lab.Lab.State.Pods.ToDictionary(pod => pod.Name, pod => pod.Uid);
        await lab.ApplyAsync(ServerTerms.MySql84 with { RemoteRoot = remote }, 2);
        await lab.UntilAsync(() => lab.Lab.State.Pods.All(pod => pod.Ready && !pod.Terminating && pod.Uid != before[pod.Name]), "all pods to be made again", 240);
    }

    /// <summary>Waits until root's accounts are these on every server.</summary>
    private static async Task AreAsync(FaultLab lab, int replicas, string hosts)
    {
        for (var ordinal = 0; ordinal < replicas; ordinal++)
        {
            await ClusterWaits.UntilAsync(async () => await lab.Cluster.TrySqlAsync($"mysql-{ordinal}", Accounts) is (0, var found) && found.Trim() == hosts, () => $"root's hosts on mysql-{ordinal} to be {hosts}\n{lab.Story()}", 90);
        }
    }
}
