using Cli.Evaluation;
using Xunit;

namespace Tests.Cli.Evaluation;

/// <summary>Which objects may be applied together, and which wait for ready pods.</summary>
[Collection("deployment")]
public sealed class StackObjectsTests
{
    [Fact]
    public async Task What_waits_for_the_pods_of_a_set_stands_apart()
    {
        var engine = new Engine();
        await engine.RunStackAsync(StackFile.Read(Repository.Root, "dev", []).Config);
        var objects = await StackObjects.OfAsync(engine.Recorder);

        Assert.Equal(["ConfigMap mysql-initialised"], objects.OnceReady.Select(one => $"{one.Kind} {one.Name}"));
        Assert.DoesNotContain("mysql-initialised", objects.AtOnce.Select(one => one.Name));
        Assert.Contains("mysql-members", objects.AtOnce.Select(one => one.Name));
        Assert.Equal(objects.AtOnce.Concat(objects.OnceReady), objects.All);
    }
}
