using System.Text.Json.Nodes;
using Infra.MySql;
using Infra.MySql.Profiles;
using Pulumi;
using Xunit;

namespace Tests.Infra;

[Collection("deployment")]
public sealed class ClientServiceTests
{
    [Theory]
    [InlineData("mysql-8.4")]
    [InlineData("mysql-9.7")]
    public async Task The_write_Service_leads_to_ordinal_0_while_it_is_ready(string profile)
    {
        var service = (await RunAsync(new MySqlClusterArgs { Profile = profile })).Named("Service", "mysql-write");
        Json.Equal("""{ "app": "mysql", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "mysql", "app.kubernetes.io/component": "database", "app.kubernetes.io/managed-by": "pulumi" }""", service["metadata"]!["labels"]);
        Json.Equal(
            """
            {
              "selector": {
                "app": "mysql", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "mysql", "app.kubernetes.io/component": "database", "statefulset.kubernetes.io/pod-name": "mysql-0"
              },
              "ports": [{ "name": "mysql", "port": 3306, "targetPort": "mysql" }]
            }
            """,
            service["spec"]);
    }

    [Fact]
    public async Task The_oldest_profile_has_a_write_Service_only_when_asked()
    {
        var asked = await RunAsync(new MySqlClusterArgs { Profile = MySqlProfiles.MySql57, Write = new ServiceExposureArgs() });
        var unasked = await RunAsync(new MySqlClusterArgs { Profile = MySqlProfiles.MySql57 });
        Assert.Equal(["mysql", "mysql-read", "mysql-write"], Names(asked));
        Assert.Equal(["mysql", "mysql-read"], Names(unasked));
        Assert.Equal(unasked.Only("StatefulSet").ToJsonString(), asked.Only("StatefulSet").ToJsonString());
    }

    [Fact]
    public async Task Type_and_annotations_are_those_of_each_Service()
    {
        var engine = await RunAsync(new MySqlClusterArgs
        {
            Read = new ServiceExposureArgs { Type = "NodePort" },
            Write = new ServiceExposureArgs
            {
                Type = "LoadBalancer",
                Annotations = new() { ["example.com/owner"] = Output.Create("shop") },
            },
        });
        Assert.Null(TypeOf(engine, "mysql"));
        Assert.Equal("NodePort", TypeOf(engine, "mysql-read"));
        Assert.Equal("LoadBalancer", TypeOf(engine, "mysql-write"));
        Json.Equal("""{ "pulumi.com/skipAwait": "true" }""", AnnotationsOf(engine, "mysql-read"));
        // The StatefulSet comes after the Service: waiting for pods behind a load balancer would never end.
        Json.Equal("""{ "pulumi.com/skipAwait": "true", "example.com/owner": "shop" }""", AnnotationsOf(engine, "mysql-write"));
    }

    [Theory]
    [InlineData("pulumi.com/skipAwait")]
    [InlineData("not a key")]
    public async Task An_annotation_that_cannot_stand_there_is_refused(string key)
    {
        var exposure = new ServiceExposureArgs { Annotations = new() { [key] = "false" } };
        var refused = await Assert.ThrowsAsync<RunException>(() => RunAsync(new MySqlClusterArgs { Write = exposure }));
        Assert.Contains($"MySqlCluster \"mysql\": 1 argument needs a change\n  Write.Annotations[{key}]: ", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<Engine> RunAsync(MySqlClusterArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("mysql", args); });
        return engine;
    }

    private static IEnumerable<string> Names(Engine engine) => engine.All("Service").Select(service => service["metadata"]!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal);

    private static string? TypeOf(Engine engine, string service) => engine.Named("Service", service)["spec"]!["type"]?.GetValue<string>();

    private static JsonNode? AnnotationsOf(Engine engine, string service) => engine.Named("Service", service)["metadata"]!["annotations"];
}
