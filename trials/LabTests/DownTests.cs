using Lab;
using Lab.Processes;
using Xunit;

namespace Trials.LabTests;

[Trait("level", "lab")]
public class DownTests
{
    [SkippableFact]
    public async Task Down_keeps_the_claims_and_leaves_nothing_else()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(SampleManifests.Db(1));
        await lab.StopControllerAsync();

        await new LabDown(lab.Folder).RunAsync(purge: false);

        Assert.Equal(["volume data-db-0"], await LeftAsync(lab));
        lab.StartController();
        await lab.ApplyAsync(SampleManifests.Db(1));
        Assert.Equal("start\nstart", await lab.ExecAsync("db-0", "cat", "/data/starts"));
    }

    [SkippableFact]
    public async Task Purge_leaves_nothing_and_can_be_repeated()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(SampleManifests.Db(1));
        await lab.StopControllerAsync();

        await new LabDown(lab.Folder).RunAsync(purge: true);
        await new LabDown(lab.Folder).RunAsync(purge: true);

        Assert.Empty(await LeftAsync(lab));
        Assert.False(Directory.Exists(lab.Folder.Path));
        Assert.DoesNotContain(lab.Folder.Path, await File.ReadAllTextAsync("/proc/mounts"), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> LeftAsync(RunningLab lab)
    {
        var left = new List<string>();
        foreach (var (kind, list) in new[] { ("pod", "pod ps"), ("container", "ps --all"), ("volume", "volume ls"), ("network", "network ls") })
        {
            var found = await new CommandRunner().RunAsync(new Command("podman", [.. list.Split(' '), "--quiet", "--filter", $"label={lab.Folder.LabelArgument}"]));
            left.AddRange(found.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{kind} {name.Replace($"{lab.Folder.Id}.", "", StringComparison.Ordinal)}"));
        }

        return left;
    }
}
