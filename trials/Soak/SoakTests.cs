using Trials.Clusters;
using Trials.Instances;
using Xunit;
using Xunit.Abstractions;

namespace Trials.Soak;

/// <summary>A short soak; <c>./dev soak</c> does long ones.</summary>
[Trait("level", "lab")]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Seed = 20;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(45);

    [SkippableTheory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task A_short_soak_ends_sound(string profile)
    {
        await LabMachine.RequireAsync();
        using var folder = new TemporaryFolder();
        await using var lab = await TemporaryLab.StartAsync(folder.Root, "soak");
        var run = new SoakRun(
            lab,
            connections => Stack.MySqlAsync(new
            {
                name = "mysql",
                profile,
                replicas = 3,
                resources = new { cpu = "100m", memory = "256Mi" },
                options = new { max_connections = connections },
            }),
            output.WriteLine);

        var report = await run.RunAsync(Seed, Time, CancellationToken.None);

        Assert.True(report.Sound, string.Join('\n', report.Lines()));
        Assert.NotEmpty(report.Recoveries);
    }
}
