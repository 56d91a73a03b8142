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
}
