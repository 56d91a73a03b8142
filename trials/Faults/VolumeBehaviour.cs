using Lab.Processes;
using Xunit;

namespace Trials.Faults;

/// <summary>Volumes that are lost, full, or not as empty as they look.</summary>
public abstract class VolumeBehaviour
{
    /// <summary>The size of a volume that is a file system of its own.</summary>
    protected const int Megabytes = 500;

    /// <summary>Which servers.</summary>
    protected abstract ServerTerms Terms { get; }

    [SkippableFact]
    public async Task F24_lost_and_found_at_the_volumes_root_is_no_database()
    {
        await using var lab = await FaultLab.StartAsync(this, Terms, 2, before: async lab =>
        {
            await lab.Lab.CreateClaimAsync("data-mysql-0", Megabytes);
            await lab.Lab.CreateClaimAsync("data-mysql-1", Megabytes);
        });
        foreach (var pod in new[] { "mysql-0", "mysql-1" })
        {
            Assert.True(Directory.Exists(Path.Combine(await lab.VolumeAsync(pod), "lost+found")));
            Assert.DoesNotContain("lost", await lab.Cluster.SqlAsync(pod, "SHOW DATABASES;"), StringComparison.Ordinal);
        }

        await lab.WriteAsync();
        await lab.Cluster.SameDataAsync(FaultLab.Set, 2);
    }

    [SkippableFact]
    public async Task F45_a_volume_that_root_wrote_is_usable_and_what_is_not_is_named()
    {
        await using var lab = await FaultLab.StartAsync(this, Terms, 2);
        await lab.WriteAsync();
        await lab.Cluster.SameDataAsync(FaultLab.Set, 2);
        var replica = await lab.VolumeAsync("mysql-1");
        string[] volumes = [await lab.VolumeAsync("mysql-0"), replica];

        await lab.ScaleAsync(0);
        foreach (var volume in volumes)
        {
            await RunAsync("bash", "-c", LeftByRoot, "root", volume);
        }

        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.SeededAsync();
        Assert.All(["mysql-0", "mysql-1"], pod => Assert.Contains("the volume holds data; it is kept", lab.Log(pod, "init-mysql"), StringComparison.Ordinal));
        Assert.All(volumes, volume => Assert.False(Directory.Exists(Path.Combine(volume, "staging-init"))));

        // The volume's root is the group's by now, so that the rest of it is nobody's business any more.
        await lab.ScaleAsync(1);
        var closed = Path.Combine(replica, "mysql", "auto.cnf");
        // The sidecar of before was root, and noted a digest, which is made anew.
        await RunAsync("bash", "-c", "touch \"$2\" && chown root:root \"$1\" \"$2\" && chmod 0600 \"$1\" \"$2\"", "root", closed, Path.Combine(replica, "mysql", "root-password.digest"));
        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.SaysAsync(
            "mysql-1",
            "init-mysql",
            "the user of this container, 999, cannot use /mnt/data/mysql/auto.cnf (of user 0, mode 600). Nothing was changed. Way out: give the volume of the claim data-mysql-1 to it");
        Assert.False(lab.Lab.Pod("mysql-1").Ready);

        await FaultLab.GiveToServerAsync(closed);
        await lab.SeededAsync();
    }

    // As scripts that ran as root left it where no pod had a group: data of the server, notes and half a copy of root.
    private const string LeftByRoot = """
        set -e
        chown -R 999:999 "$1/mysql"
        find "$1" -type d -exec chmod g-ws {} +
        chmod 0750 "$1/mysql"
        chown root:root "$1" "$1/mysql/data-of-pod"
        chmod 0755 "$1"
        chmod 0600 "$1/mysql/data-of-pod"
        mkdir -m 0750 "$1/staging-init"
        echo half >"$1/staging-init/half"
        """;

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var result = await new CommandRunner().RunAsync(new Command(program, arguments));
        Assert.True(result.Succeeded, result.StandardError);
    }
}
