using System.Globalization;
using Cli.Backups;
using Infra.MySql;
using Infra.MySql.Profiles;
using Lab.Manifests;
using Lab.State;
using Trials.Clients;
using Trials.Clusters;
using Trials.Faults;
using Xunit;

namespace Trials.Backup;

/// <summary>What the trials of backups share: a system that is lost, one that begins anew, and the store between them.</summary>
internal static class BackupTrial
{
    /// <summary>The names of the systems, and of the claim of the store.</summary>
    public const string Lost = "mysql", Restored = "again", Store = "mysql-backups";

    private static readonly ClientUser User = new("writer", "shop");

    /// <summary>The tables that are written to, and who writes to them.</summary>
    public static Task MakeTablesAsync(LabTestCluster lab) =>
        lab.SqlAsync("mysql-0", $"CREATE DATABASE shop; CREATE TABLE shop.orders {InsertingClient.Columns}; CREATE TABLE shop.notes (note VARCHAR(20) PRIMARY KEY); {User.Creation}");

    /// <summary>Writes rows to the table <c>orders</c>, each in a transaction of its own, in order.</summary>
    public static InsertingClient Writer(LabTestCluster lab) => new(
        async cancel =>
        {
            var at = await lab.EndPointAsync("mysql-0", MySqlPorts.Server.Number, cancel);
            return await User.OpenAsync([$"{at.Address}"], at.Port, null, cancel);
        },
        "shop.orders");

    /// <summary>What <c>./dev backup list</c> shows.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(LabTestCluster lab)
    {
        var (good, lines) = await LookAsync(lab, "list");
        Assert.True(good, string.Join('\n', lines));
        return lines;
    }

    /// <summary>What <c>./dev backup</c> shows with these words, and whether all is well.</summary>
    public static async Task<(bool Good, IReadOnlyList<string> Lines)> LookAsync(LabTestCluster lab, params IReadOnlyList<string> words)
    {
        var (backups, lines) = (new LabBackups(lab.Cluster), new List<string>());
        var good = await backups.RunAsync(BackupJob.Of(Assert.Single(await backups.CronJobsAsync(Lost, default)), words), lines.Add, TimeSpan.FromMinutes(4), default);
        return (good, lines);
    }

    /// <summary>Makes a backup.</summary>
    /// <returns>Its Job, and what its script wrote.</returns>
    public static async Task<(JobState Job, IReadOnlyList<string> Log)> BackUpAsync(LabTestCluster lab)
    {
        var log = new List<string>();
        return (await lab.Cluster.RunCronJobAsync("mysql-backup", TimeSpan.FromMinutes(8), (_, line) => log.Add(line)), log);
    }

    /// <summary>Makes a good backup.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> GoodBackUpAsync(LabTestCluster lab)
    {
        var (job, log) = await BackUpAsync(lab);
        Assert.True(job.Phase == JobState.Complete, string.Join('\n', log));
        return Id(log);
    }

    /// <summary>The id of a backup, as the log of its run tells it in the end.</summary>
    public static string Id(IReadOnlyList<string> log) => Assert.Single(log, line => line.Contains("done: backup ", StringComparison.Ordinal)).Split("done: backup ")[1].Split(' ')[0];

    /// <summary>The number of the last transaction of a set that has those of one server.</summary>
    public static long Last(string executed) => long.Parse(executed.Trim().Split('-')[^1], CultureInfo.InvariantCulture);

    /// <summary>Brings a system up: first its servers, then what waits for them.</summary>
    /// <param name="lab">The instance.</param>
    /// <param name="system">The system.</param>
    /// <param name="kept">The claim or Secret, of what is there, that stays.</param>
    /// <param name="ready">Whether it is to become ready.</param>
    /// <param name="change">Changes an object of it.</param>
    public static async Task ApplyAsync(LabTestCluster lab, (string Name, int Replicas, object Settings) system, string? kept = null, bool ready = true, Action<Manifest>? change = null)
    {
        var objects = await Stack.MySqlObjectsAsync(system.Settings);
        var store = lab.Cluster.Manifests.Where(one => one.Name == kept).ToList();
        foreach (var one in change is null ? [] : objects.AtOnce.Concat(objects.OnceReady))
        {
            change!(one);
        }

        await lab.ApplyAsync([.. store, .. Haste.Of(Patience.Of(objects.AtOnce))]);
        if (ready)
        {
            await lab.ReadyAsync(system.Name, system.Replicas, 420);
            await lab.ApplyAsync([.. lab.Cluster.Manifests, .. Haste.Of(objects.OnceReady)]);
        }
    }

    /// <summary>The settings of a small system.</summary>
    public static (string Name, int Replicas, object Settings) Settings(string name, int replicas, object? backup = null, object? restore = null, string durability = "async") => (name, replicas, new
    {
        name,
        durability,
        profile = MySqlProfiles.MySql84,
        replicas,
        seedTimeoutSeconds = 60,
        resources = new { cpu = "100m", memory = "256Mi" },
        backup,
        restore,
    });
}
