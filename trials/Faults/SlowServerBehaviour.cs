using Lab.Processes;
using Xunit;

namespace Trials.Faults;

/// <summary>A server that takes long to start or to end is given the time; and no password is on a command line meanwhile.</summary>
public abstract class SlowServerBehaviour(ReplicaFixture fixture)
{
    /// <summary>Which servers.</summary>
    protected abstract ServerTerms Terms { get; }

    [SkippableFact]
    public async Task F21_a_server_that_recovers_for_longer_than_liveness_would_wait_is_not_restarted()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 2);
        await lab.ReplaceAsync("mysql-1", kill: true);
        var server = await lab.RunningAsync("mysql-1", "mysql");
        LabContainer.Freeze(server.Process);
        // Liveness alone kills after 30 s and three periods of 10 s.
        await Task.Delay(TimeSpan.FromSeconds(65));
        Assert.Equal(0, lab.Container("mysql-1", "mysql")!.Restarts);
        LabContainer.Thaw(server.Process);
        await lab.ReadyAsync(2);
        Assert.Equal(0, lab.Container("mysql-1", "mysql")!.Restarts);
        await lab.Cluster.SameDataAsync(FaultLab.Set, 2);
    }

    [SkippableFact]
    public async Task F22_a_server_that_shuts_down_for_longer_than_30_seconds_ends_in_order()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 2);
        var server = await (await lab.RunningAsync("mysql-1", "mysql")).ServerAsync();
        LabContainer.Freeze(server);
        var pod = lab.Lab.DeletePod("mysql-1");
        await Task.Delay(TimeSpan.FromSeconds(35));
        Assert.True(server.IsRunning);
        Assert.Equal(pod.Uid, lab.Lab.Pod("mysql-1").Uid);
        LabContainer.Thaw(server);
        await lab.UntilAsync(() => lab.Lab.FindPod("mysql-1") is { } now && now.Uid != pod.Uid, "mysql-1 to be made again");
        await lab.ReadyAsync(2);
        Assert.DoesNotContain("crash recovery", lab.Log("mysql-1", "mysql"), StringComparison.OrdinalIgnoreCase);
        await lab.Cluster.SameDataAsync(FaultLab.Set, 2);
    }

    [SkippableFact]
    public async Task F29_no_password_is_on_a_command_line_in_an_environment_or_in_a_log()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 2);
        var containers = new[] { await lab.RunningAsync("mysql-0", "mysql"), await lab.RunningAsync("mysql-0", Terms.Sidecar), await lab.RunningAsync("mysql-1", "mysql"), await lab.RunningAsync("mysql-1", Terms.Sidecar) };
        var secrets = Directory.GetFiles(containers[0].Path("/mnt/credentials")).Select(File.ReadAllText).ToList();
        Assert.Equal(4, secrets.Count);
        Assert.All(secrets, secret => Assert.Equal(32, secret.Length));
        // Long enough for each probe and each round of the sidecar to come by several times.
        for (var until = DateTime.UtcNow.AddSeconds(8); DateTime.UtcNow < until;)
        {
            foreach (var process in containers.SelectMany(container => container.Processes()))
            {
                Assert.DoesNotContain(secrets, secret => Visible(process).Contains(secret, StringComparison.Ordinal));
            }
        }

        Assert.DoesNotContain(secrets, secret => containers.Any(container => lab.Log(container.Pod, container.Name).Contains(secret, StringComparison.Ordinal)));
    }

    private static string Visible(WatchedProcess process)
    {
        try
        {
            return string.Join(' ', process.CommandLine()) + File.ReadAllText($"/proc/{process.Pid}/environ");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
