using Lab.State;
using Xunit;

namespace Trials.LabTests;

/// <summary>What happens to running pods: scaling, rolling, dying, coming back.</summary>
[Trait("level", "lab")]
public class LifecycleTests
{
    [SkippableFact]
    public async Task Scales_up_in_order_and_down_in_reverse_and_keeps_the_claims()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(SampleManifests.Db(1));

        lab.Cluster.Scale("db", 3);
        await lab.ReadyAsync();
        Assert.Equal(["db-0", "db-1", "db-2"], Names(lab, "Ready"));

        lab.Cluster.Scale("db", 1);
        await lab.ReadyAsync();
        Assert.Equal(["db-2", "db-1"], Names(lab, "Deleted"));
        Assert.Equal(["data-db-0", "data-db-1", "data-db-2"], (await lab.Cluster.ClaimsAsync()).Select(claim => claim.Name).Order());

        lab.Cluster.Scale("db", 2);
        await lab.ReadyAsync();
        Assert.Equal("start\nstart", await lab.ExecAsync("db-1", "cat", "/data/starts"));
    }

    [SkippableFact]
    public async Task A_changed_configuration_rolls_from_the_highest_and_pods_that_wait_keep_theirs()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(SampleManifests.Db(3));

        lab.Cluster.Apply([.. SampleManifests.Db(3, "x = 2")]);
        await lab.UntilAsync("db-2 is replaced", () => lab.Cluster.FindPod("db-2") is null or { Terminating: true });
        lab.Cluster.KillContainer("db-0");
        await lab.ReadyAsync(60);

        Assert.Equal(["db-2", "db-1", "db-0"], Names(lab, "Deleted"));
        Assert.Equal("x = 2", await lab.ExecAsync("db-0", "cat", "/etc/conf/a.cnf"));
    }

    [SkippableFact]
    public async Task All_pods_deleted_at_once_come_back_in_order()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(SampleManifests.Db(3));
        var mark = lab.Cluster.State.Events[^1].Number;

        foreach (var pod in new[] { "db-0", "db-1", "db-2" })
        {
            lab.Cluster.DeletePod(pod, TimeSpan.Zero);
        }

        await lab.UntilAsync("three are gone", () => Names(lab, "Deleted").Count() == 3);
        await lab.ReadyAsync();

        var story = lab.Cluster.State.Events.Where(one => one.Number > mark && one.Reason is "Created" or "Ready").Select(one => $"{one.Name} {one.Reason}");
        Assert.Equal(["db-0 Created", "db-0 Ready", "db-1 Created", "db-1 Ready", "db-2 Created", "db-2 Ready"], story.TakeLast(6));
    }

    [SkippableFact]
    public async Task A_killed_container_is_restarted_in_its_pod_with_a_fresh_file_system()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(SampleManifests.Db(1));
        await lab.ExecAsync("db-0", "touch", "/left-behind", "/etc/conf/kept");
        var before = lab.Cluster.Pod("db-0");

        lab.Cluster.KillContainer("db-0");
        await lab.UntilAsync("it is restarted", () => lab.Cluster.Pod("db-0") is { Ready: true, Restarts: 1 });

        var after = lab.Cluster.Pod("db-0");
        Assert.Equal((before.Uid, before.Address), (after.Uid, after.Address));
        Assert.Equal(137, after.Containers.Single(container => container.Name == "main").Last?.ExitCode);
        Assert.Equal("kept", await lab.ExecAsync("db-0", "sh", "-c", "ls / /etc/conf | grep -e left-behind -e kept"));
    }

    [SkippableFact]
    public async Task A_failing_liveness_probe_restarts_the_container_and_a_hanging_one_is_killed()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(
        [
            SampleManifests.Service("s", "s", headless: true),
            SampleManifests.Set("s", "s", 1, """
                {"terminationGracePeriodSeconds": 1, "containers": [{"name": "main", "image": "localhost/statefulset/nginx:1.9.1",
                  "command": ["sh", "-c", "echo I am up; sleep infinity"],
                  "livenessProbe": {"exec": {"command": ["sh", "-c", "test ! -e /tmp/hang || sleep 1234"]}, "periodSeconds": 1, "failureThreshold": 2}}]}
                """),
        ]);

        await lab.ExecAsync("s-0", "touch", "/tmp/hang");
        await lab.UntilAsync("it is restarted", () => lab.Cluster.Pod("s-0") is { Ready: true, Restarts: 1 });

        Assert.Contains(lab.Cluster.State.Events, one => one is { Name: "s-0", Reason: "Killed" } && one.Message.Contains("no answer within 1 s", StringComparison.Ordinal));
        Assert.Equal(["I am up"], lab.Cluster.Logs("s-0", previous: true));
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc").Select(CommandLine), line => line == "sleep\01234\0");
    }

    [SkippableFact]
    public async Task A_claim_of_a_fixed_size_can_be_full()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.Cluster.CreateClaimAsync("data-db-0", megabytes: 16);
        await lab.ApplyAsync(SampleManifests.Db(1));

        var written = await lab.Cluster.ExecAsync("db-0", null, ["sh", "-c", "head -c 32M /dev/zero > /data/big"]);

        Assert.Equal(1, written.ExitCode);
        Assert.Contains("No space left", written.StandardError, StringComparison.Ordinal);
        lab.Cluster.DeletePod("db-0");
        await lab.UntilAsync("it is back", () => Names(lab, "Ready").Count() == 2);
        Assert.Equal("start", await lab.ExecAsync("db-0", "head", "-n1", "/data/starts"));
    }

    [SkippableFact]
    public async Task A_new_controller_takes_over_without_touching_a_pod()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(SampleManifests.Db(2));
        var before = lab.Cluster.State;

        var between = await lab.RestartControllerAsync();
        await lab.UntilAsync("the new one has written", () =>
        {
            Assert.All(lab.Cluster.State.Pods, pod => Assert.True(pod is { Ready: true, Address.Length: > 0 }, $"{pod.Name}: {pod.Reason}"));
            Assert.Equal([before.Pods[1].Address], lab.Cluster.ResolveAsync("db-1.db").Result);
            return lab.Cluster.State.WrittenAt > between;
        });
        await lab.ReadyAsync();

        var after = lab.Cluster.State;
        Assert.Equal(Runs(before), Runs(after));
        Assert.DoesNotContain(after.Events, one => one.Reason is "Unready" or "Restarted" or "Deleting");
        lab.Cluster.KillContainer("db-1");
        await lab.UntilAsync("it still restarts what dies", () => lab.Cluster.Pod("db-1") is { Ready: true, Restarts: 1 });
    }

    private static IEnumerable<string> Runs(ClusterState state) =>
        state.Pods.SelectMany(pod => pod.Containers.Select(container => $"{pod.Uid} {pod.Address} {container.Name} {container.Id} {container.Restarts} {container.Ready}"));

    private static IEnumerable<string> Names(RunningLab lab, string reason) =>
        lab.Cluster.State.Events.Where(one => one.Reason == reason).Select(one => one.Name);

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
