using System.Text.Json.Nodes;
using Xunit;

namespace Trials.Readme;

/// <summary>The commands of the README that take many minutes, typed with as little to do as they allow, on every profile that has servers of its own kind.</summary>
[Trait("level", "lab")]
[Trait("suite", "readme")]
public sealed class LongCommandTests
{
    [SkippableTheory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task A_short_soak_ends_sound(string profile)
    {
        var report = await TypeAsync($"./dev soak --profile {profile} --minutes 0.75 --seed 20 --json");

        Assert.Equal(profile, (string?)report["profile"]);
        Assert.True((bool)report["sound"]!, report.ToJsonString());
        Assert.True((int)report["recoveries"]! > 0, report.ToJsonString());
        Assert.True((int)report["acknowledged"]! > 0, report.ToJsonString());
        Assert.Equal(0, (int)report["missing"]!);
    }

    [SkippableTheory]
    [InlineData("mysql-5.7", "prepare")]
    [InlineData("mysql-8.4", "scratch")]
    public async Task A_small_benchmark_has_all_its_figures(string profile, string helper)
    {
        var figures = await TypeAsync($"./dev bench --profile {profile} --gigabytes 0.0625 --rounds 1 --json");

        foreach (var path in (string[][])[["seeding", "ratio"], ["seeding", "megabytesPerSecond"], ["up", "seconds"], ["recover", "replica", "seconds"], ["recover", "primary", "seconds"], ["evaluate", "milliseconds"], ["memory", helper, "megabytes"]])
        {
            Assert.True((double?)path.Aggregate<string, JsonNode?>(figures, (node, name) => node?[name]) > 0, $"{string.Join('.', path)}: {figures.ToJsonString()}");
        }
    }

    [SkippableFact]
    public async Task The_command_line_is_measured_with_ever_more_systems()
    {
        var figures = await TypeAsync("./dev bench evaluate --systems 10 --json");

        Assert.True((double)figures["render"]!["processorSeconds"]! > 0, figures.ToJsonString());
        Assert.Equal([1, 10], figures["systems"]!.AsArray().Select(row => (int)row!["count"]!));
        Assert.All(figures["systems"]!.AsArray(), row => Assert.True((double)row!["seconds"]! > 0));
    }

    private static async Task<JsonNode> TypeAsync(string line)
    {
        await using var project = await ProjectCopy.StartAsync();
        return JsonNode.Parse((await project.TypeAsync(line)).StandardOutput)!;
    }
}
