using Infra.MySql;
using Lab.Evaluation;
using Xunit;

namespace Tests.Infra;

[Collection("deployment")]
public sealed class RegistrationOrderTests
{
    public static TheoryData<string, string> Dependencies => new()
    {
        { "Secret", "mysql-credentials" },
        { "ConfigMap", "mysql-config" },
        { "Service", "mysql-headless" },
        { "Service", "mysql-read" },
        { "Service", "mysql-write" },
    };

    [Theory]
    [MemberData(nameof(Dependencies))]
    public async Task The_StatefulSet_waits_for_each_of_its_dependencies(string kind, string name)
    {
        var held = new TaskCompletionSource();
        var engine = new Engine { Before = resource => Is(resource, kind, name) ? held.Task : Task.CompletedTask };

        var run = engine.RunAsync(() => { _ = new MySqlCluster("mysql", new MySqlClusterArgs()); });
        await Reached(engine, resource => Is(resource, kind, name));
        await Task.Delay(100);
        Assert.DoesNotContain(engine.Begun, resource => resource.Type.EndsWith(":StatefulSet", StringComparison.Ordinal));

        held.SetResult();
        await run;
        Assert.Single(engine.All("StatefulSet"));
    }

    [Fact]
    public async Task The_Secret_waits_for_every_password()
    {
        var held = new TaskCompletionSource();
        var engine = new Engine { Before = resource => resource.Name == "mysql-health" ? held.Task : Task.CompletedTask };

        var run = engine.RunAsync(() => { _ = new MySqlCluster("mysql", new MySqlClusterArgs()); });
        await Reached(engine, resource => resource.Name == "mysql-health");
        await Task.Delay(100);
        Assert.Empty(engine.All("Secret"));

        held.SetResult();
        await run;
    }

    private static bool Is(RecordedResource resource, string kind, string name) =>
        resource.Name == name && resource.Type.EndsWith($":{kind}", StringComparison.Ordinal);

    private static async Task Reached(Engine engine, Func<RecordedResource, bool> what)
    {
        for (var tries = 0; tries < 2000 && !engine.Begun.Any(what); tries++)
        {
            await Task.Delay(10);
        }

        Assert.Contains(engine.Begun, resource => what(resource));
    }
}
