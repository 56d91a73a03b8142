using Xunit;

namespace Tests.Infra;

/// <summary>What sidecar.sh keeps running, on both sets of scripts.</summary>
public sealed class SidecarTests
{
    [Fact]
    public async Task Where_the_server_seeds_others_by_itself_there_is_one_part()
    {
        using var pod = Pod("mysql-8.4");
        pod.Write("programs/stopper", "replication.sh replication.sh\n");

        var run = await pod.RunAsync("sidecar.sh");

        Assert.Equal(["replication.sh starts", "replication.sh is ended"], await PartsAsync(pod, 2));
        Assert.Equal(["stopping"], run.Said);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task A_part_that_ends_is_started_again_and_the_other_is_not_disturbed()
    {
        using var pod = Pod("mysql-5.7");
        pod.Write("programs/stopper", "replication.sh backup-server.sh\n");
        pod.Write("programs/replication.sh.ends", "3\n0\n");

        var run = await pod.RunAsync("sidecar.sh");

        Assert.Equal(
            [
                "backup-server.sh is ended",
                "backup-server.sh starts",
                "replication.sh is ended",
                "replication.sh starts",
                "replication.sh starts",
                "replication.sh starts",
            ],
            (await PartsAsync(pod, 6)).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["replication.sh ended with exit code 3; starting it again", "replication.sh ended with exit code 0; starting it again", "stopping"], run.Said);
        Assert.Equal(0, run.ExitCode);
    }

    private static ScriptPod Pod(string profile)
    {
        var pod = new ScriptPod(profile, 1);
        pod.Environment["PROGRAMS"] = pod.Path("programs");
        pod.Replace("replication.sh", "part");
        pod.Replace("backup-server.sh", "part");
        return pod;
    }

    /// <summary>What the parts wrote down, so many lines of it: the sidecar does not wait for those that it asks to end.</summary>
    private static async Task<IReadOnlyList<string>> PartsAsync(ScriptPod pod, int count)
    {
        var parts = new List<string>();
        for (var tries = 0; tries < 2000 && parts.Count < count; tries++)
        {
            parts = [.. pod.Calls.Where(call => !call.StartsWith("sleep ", StringComparison.Ordinal))];
            await Task.Delay(10);
        }

        return parts;
    }
}
