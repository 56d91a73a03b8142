using Xunit;

namespace Trials.Faults.Clone;

/// <summary>The profile of the newest server, which differs from the one that the whole suite runs on by its name and image.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class NewestServerTests
{
    [SkippableFact]
    public async Task F15_all_pods_killed_at_once_under_writes_come_back_with_every_acknowledged_row()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql97, 3);
        Assert.StartsWith("9.", await lab.Cluster.SqlAsync("mysql-0", "SELECT @@version;"), StringComparison.Ordinal);
        await using var writer = await RecordingWriter.StartAsync(lab.Cluster);
        await lab.Cluster.DeletePodsAsync(["mysql-0", "mysql-1", "mysql-2"], kill: true);
        await lab.UntilAsync(() => lab.Lab.FindPod("mysql-2") is null, "the pods to be gone");
        await lab.ReadyAsync(3);
        await writer.MoreAsync(20);
        await writer.NothingIsMissingAsync(3);
    }
}
