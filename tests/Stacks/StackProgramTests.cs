using Cli.Evaluation;
using Pulumi;
using Stacks;
using Xunit;

namespace Tests.Stacks;

[Collection("deployment")]
public sealed class StackProgramTests
{
    private readonly Engine engine = new();

    [Fact]
    public async Task The_dev_stack_is_the_documents_two_systems()
    {
        var stack = StackFile.Read(Repository.Root, "dev", []);
        await engine.RunStackAsync(stack.Config);

        Assert.Equal(["mysql", "nginx", "mysql-read"], Names("Service").OrderBy(name => name.Length));
        Assert.Equal(["mysql", "web"], Names("StatefulSet").Order());
        var web = engine.Named("StatefulSet", "web");
        Assert.Equal(2, web["spec"]!["replicas"]!.GetValue<int>());
        Assert.Equal("nginx", web["spec"]!["serviceName"]!.GetValue<string>());
        Json.Equal("""{ "matchLabels": { "app": "nginx", "app.kubernetes.io/name": "nginx", "app.kubernetes.io/instance": "web", "app.kubernetes.io/component": "web" } }""", web["spec"]!["selector"]);
        var nginx = Json.Item(web["spec"]!["template"]!["spec"]!["containers"], "nginx");
        Assert.Equal("nginx:1.9.1", nginx["image"]!.GetValue<string>());
        Json.Equal("""[{ "name": "web", "containerPort": 80 }]""", nginx["ports"]);
        Json.Equal("""{ "path": "/", "port": "web" }""", nginx["livenessProbe"]!["httpGet"]);
        Json.Equal("""{ "path": "/", "port": "web" }""", nginx["readinessProbe"]!["httpGet"]);
        Json.Equal(
            """
            {
              "clusterIP": "None", "ports": [{ "name": "web", "port": 80, "targetPort": "web" }],
              "selector": { "app": "nginx", "app.kubernetes.io/name": "nginx", "app.kubernetes.io/instance": "web", "app.kubernetes.io/component": "web" }
            }
            """,
            engine.Named("Service", "nginx")["spec"]);
    }

    [Fact]
    public async Task The_outputs_tell_where_to_write_and_read()
    {
        await RunAsync(new() { ["mysql"] = """[{ "name": "db", "replicas": 2, "namespace": "shop" }]""", ["web"] = """[{ "name": "pages", "domain": "lab.example" }]""" });
        Json.Equal(
            """
            {
              "mysql": [{
                "name": "db", "namespace": "shop", "secretName": "db-credentials", "serverImage": "mysql:8.4",
                "writer": { "host": "db-write.shop.svc", "port": 3306 }, "reader": { "host": "db-read.shop.svc", "port": 3306 },
                "podHosts": ["db-0.db.shop.svc", "db-1.db.shop.svc"]
              }],
              "web": [{
                "name": "pages", "namespace": "default", "serverImage": "nginx:1.28", "reader": { "host": "pages.default.svc.lab.example", "port": 80 },
                "podHosts": ["pages-0.pages.default.svc.lab.example", "pages-1.pages.default.svc.lab.example"]
              }],
              "afterDestroy": [
                "pulumi destroy leaves these systems' pods running, and that is meant: replacing a StatefulSet must not stop them. What ends them (their claims stay):",
                "kubectl delete pod -n shop -l app=db,app.kubernetes.io/component=database,app.kubernetes.io/instance=db,app.kubernetes.io/name=mysql",
                "kubectl delete pod -n default -l app=pages,app.kubernetes.io/component=web,app.kubernetes.io/instance=pages,app.kubernetes.io/name=nginx"
              ]
            }
            """,
            (await engine.StackOutputsAsync()).Values);
    }

    [Fact]
    public async Task Writers_connect_to_the_primary_where_there_is_no_write_Service()
    {
        await RunAsync(new() { ["mysql"] = """[{ "name": "old", "profile": "mysql-5.7" }, { "name": "open", "profile": "mysql-5.7", "write": {} }]""" });
        var systems = (await engine.StackOutputsAsync()).Values["mysql"]!;
        Json.Equal("""{ "host": "old-0.old.default.svc", "port": 3306 }""", systems[0]!["writer"]);
        Json.Equal("""{ "host": "open-write.default.svc", "port": 3306 }""", systems[1]!["writer"]);
        Assert.Equal(["old", "old-read", "open", "open-read", "open-write"], Names("Service").Order(StringComparer.Ordinal));
        Assert.Equal("gcr.io/google-samples/xtrabackup:1.0", systems[0]!["xtrabackupImage"]!.GetValue<string>());
    }

    [Fact]
    public async Task Durability_and_Services_reach_the_cluster()
    {
        await RunAsync(new()
        {
            ["mysql"] = """
                [{ "name": "db", "durability": "semi-sync", "read": { "type": "NodePort" }, "write": { "type": "LoadBalancer", "annotations": { "example.com/owner": "shop" } } }]
                """,
        });
        Assert.Contains("semisync_source.so", engine.Configuration["data"]!["primary.cnf"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("NodePort", engine.Named("Service", "db-read")["spec"]!["type"]!.GetValue<string>());
        Assert.Equal("LoadBalancer", engine.Named("Service", "db-write")["spec"]!["type"]!.GetValue<string>());
        Assert.Equal("shop", engine.Named("Service", "db-write")["metadata"]!["annotations"]!["example.com/owner"]!.GetValue<string>());
    }

    [Fact]
    public async Task No_namespace_is_made_unless_asked_for()
    {
        await RunAsync(new() { ["mysql"] = """[{ "name": "db", "namespace": "shop" }]""" });
        Assert.Empty(engine.All("Namespace"));
    }

    [Fact]
    public async Task A_namespace_that_two_systems_ask_for_is_made_once_and_first()
    {
        await RunAsync(new()
        {
            ["mysql"] = """[{ "name": "db", "namespace": "shop", "createNamespace": true }]""",
            ["web"] = """[{ "name": "pages", "namespace": "shop", "createNamespace": true }]""",
        });
        Assert.Equal(["shop"], Names("Namespace"));
        Assert.Equal("kubernetes:core/v1:Namespace", engine.Begun.First(resource => resource.IsKubernetes).Type);
    }

    /// <summary>Without any configuration Pulumi sets no variable.</summary>
    [Fact]
    public async Task A_stack_that_says_nothing_registers_nothing()
    {
        await engine.RunAsync(StackProgram.Define);
        Assert.Empty(engine.Announced);
        Json.Equal("""{ "mysql": [], "web": [], "afterDestroy": [] }""", (await engine.StackOutputsAsync()).Values);
    }

    [Fact]
    public async Task Wrong_settings_register_nothing()
    {
        var refused = await Assert.ThrowsAsync<RunException>(() => RunAsync(new() { ["mysql"] = """[{ "name": "db", "replicas": 0 }]""", ["sqlmy"] = "[]" }));
        Assert.Contains("2 settings need a change", refused.Message, StringComparison.Ordinal);
        Assert.Contains("mysql[0].replicas   0: a MySQL cluster has at least 1 server (its primary)", refused.Message, StringComparison.Ordinal);
        Assert.Empty(engine.Announced);
    }

    private IReadOnlyList<string> Names(string kind) => [.. engine.All(kind).Select(inputs => inputs["metadata"]!["name"]!.GetValue<string>())];

    private Task<IDictionary<string, object?>> RunAsync(Dictionary<string, string> config) => engine.RunStackAsync(config);
}
