using Infra.MySql;
using Lab.Manifests;
using Lab.State;
using Trials.Faults;
using Xunit;

namespace Trials.Upgrades;

/// <summary>
/// From mysql-8.4 to mysql-9.7 while a client writes, as <c>docs/upgrades.md</c> has it. One version of the server plays both series, as no second one can be had
/// here: what is shown is who follows when, who seeds whom while both series run, and that nothing is lost; not what a server makes of an older one's data.
/// </summary>
[Trait("level", "lab")]
public sealed class UpgradeTests
{
    private const int Servers = 3;
    private const string Old = "mysql:8.4", New = "mysql:9.7";

    private static readonly ServerTerms OldHeld = ServerTerms.MySql84 with { PrimaryUpdate = MySqlPrimaryUpdate.Manual };
    private static readonly ServerTerms NewHeld = ServerTerms.MySql97 with { PrimaryUpdate = MySqlPrimaryUpdate.Manual };

    [SkippableFact]
    public async Task Replicas_follow_first_and_seed_each_other_and_the_primary_follows_last_when_it_is_told_to()
    {
        await using var lab = await FaultLab.StartAsync(this, OldHeld, Servers);
        await using var writer = await RecordingWriter.StartAsync(lab.Cluster);
        var primary = lab.Lab.Pod("mysql-0").Uid;

        await lab.ApplyAsync(NewHeld, Servers, Taking("-eq 0", "8.4.9"));
        await RunsAsync(lab, "mysql-1", New);
        await RunsAsync(lab, "mysql-2", New);
        Assert.True(lab.Lab.Pod("mysql-2").CreatedAt < lab.Lab.Pod("mysql-1").CreatedAt);

        await lab.ReseedAsync("mysql-1");
        await RunsAsync(lab, "mysql-1", New);
        Assert.Contains("mysql-0.mysql runs MySQL 8.4.9, this pod's image has 9.", lab.Log("mysql-1", "clone-mysql"), StringComparison.Ordinal);
        Assert.Contains("seeded from mysql-2.mysql in ", lab.Log("mysql-1", "clone-mysql"), StringComparison.Ordinal);
        await writer.MoreAsync(20);
        Assert.Equal((primary, Old), (lab.Lab.Pod("mysql-0").Uid, Image(lab.Lab.Pod("mysql-0"))));

        var replicas = Replicas(lab);
        await lab.ApplyAsync(NewHeld with { PrimaryUpdate = MySqlPrimaryUpdate.Auto }, Servers, Taking("-eq 0", "8.4.9"));
        await RunsAsync(lab, "mysql-0", New);
        await lab.ReadyAsync(Servers);
        await writer.MoreAsync(20);
        Assert.Equal(replicas, Replicas(lab));
        Assert.All(replicas, replica => Assert.True(replica.CreatedAt < lab.Lab.Pod("mysql-0").CreatedAt));
        await writer.NothingIsMissingAsync(Servers);
    }

    [SkippableFact]
    public async Task While_the_primary_is_held_replicas_that_are_told_to_fetch_their_data_anew_go_back()
    {
        await using var lab = await FaultLab.StartAsync(this, OldHeld, Servers);
        await using var writer = await RecordingWriter.StartAsync(lab.Cluster);
        var primary = lab.Lab.Pod("mysql-0").Uid;
        await lab.ApplyAsync(NewHeld, Servers);
        await RunsAsync(lab, "mysql-1", New);
        foreach (var replica in (IEnumerable<string>)["mysql-1", "mysql-2"])
        {
            Assert.Equal(0, (await lab.Cluster.ExecAsync(replica, OldHeld.Sidecar, "touch", "/var/lib/mysql/reseed")).ExitCode);
        }

        await lab.ApplyAsync(OldHeld, Servers, Taking("-ne 0", "9.99.1"));
        await RunsAsync(lab, "mysql-2", Old);
        await RunsAsync(lab, "mysql-1", Old);
        Assert.Contains("mysql-1.mysql runs MySQL 9.99.1, this pod's image has 9.", lab.Log("mysql-2", "clone-mysql"), StringComparison.Ordinal);
        Assert.All((IEnumerable<string>)["mysql-1", "mysql-2"], replica => Assert.Contains("seeded from mysql-0.mysql in ", lab.Log(replica, "clone-mysql"), StringComparison.Ordinal));
        await writer.NothingIsMissingAsync(Servers);
        Assert.Equal(primary, lab.Lab.Pod("mysql-0").Uid);
    }

    private static Task RunsAsync(FaultLab lab, string pod, string image) =>
        lab.UntilAsync(() => lab.Lab.FindPod(pod) is { Ready: true } now && Image(now) == image, $"{pod} to be ready with {image}", 180);

    private static string Image(PodState pod) => pod.Containers.Single(container => container.Name == "mysql").Image;

    private static IReadOnlyList<(string Uid, DateTimeOffset CreatedAt)> Replicas(FaultLab lab) =>
        [.. lab.Lab.State.Pods.Where(pod => pod.Ordinal > 0).OrderBy(pod => pod.Ordinal).Select(pod => (pod.Uid, pod.CreatedAt))];

    /// <summary>The program's objects, changed: a pod that is seeded takes those of its donors for servers of that version.</summary>
    /// <param name="donors">Which: what bash is to say of their ordinals.</param>
    /// <param name="version">Their version.</param>
    private static Func<IReadOnlyList<Manifest>, IReadOnlyList<Manifest>> Taking(string donors, string version) => manifests =>
    {
        const string Asked = "ask_donor \"$host\" || return 1\n";
        var scripts = manifests.Single(one => one.Kind == "ConfigMap" && one.Body["data"]?["donor.sh"] is not null).Body["data"]!;
        Assert.Contains(Asked, $"{scripts["donor.sh"]}", StringComparison.Ordinal);
        scripts["donor.sh"] = $"{scripts["donor.sh"]}".Replace(Asked, $"{Asked}    ! [[ $1 {donors} ]] || DONOR[version]={version}\n", StringComparison.Ordinal);
        return manifests;
    };
}
