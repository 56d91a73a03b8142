using System.Collections.Immutable;
using System.Text.Json;
using Lab.Evaluation;
using Pulumi;
using Pulumi.Utilities;
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
        await RunAsync(stack.Config.ToDictionary(pair => $"{stack.Project}:{pair.Key}", pair => pair.Value));

        Assert.Equal(["mysql", "nginx", "mysql-read"], Names("Service").OrderBy(name => name.Length));
        Assert.Equal(["mysql", "web"], Names("StatefulSet").Order());
        var web = engine.Named("StatefulSet", "web");
        Assert.Equal(2, web["spec"]!["replicas"]!.GetValue<int>());
        Assert.Equal("nginx", web["spec"]!["serviceName"]!.GetValue<string>());
        Json.Equal("""{ "matchLabels": { "app": "nginx" } }""", web["spec"]!["selector"]);
        var nginx = Json.Item(web["spec"]!["template"]!["spec"]!["containers"], "nginx");
        Assert.Equal("nginx:1.9.1", nginx["image"]!.GetValue<string>());
        Json.Equal("""[{ "name": "web", "containerPort": 80 }]""", nginx["ports"]);
        Json.Equal("""{ "path": "/", "port": "web" }""", nginx["livenessProbe"]!["httpGet"]);
        Json.Equal("""{ "path": "/", "port": "web" }""", nginx["readinessProbe"]!["httpGet"]);
        Json.Equal(
            """{ "clusterIP": "None", "selector": { "app": "nginx" }, "ports": [{ "name": "web", "port": 80, "targetPort": "web" }] }""",
            engine.Named("Service", "nginx")["spec"]);
    }

    [Fact]
    public async Task The_outputs_tell_where_to_write_and_read()
    {
        var outputs = await RunAsync(new() { ["statefulset:mysql"] = """[{ "name": "db", "replicas": 2 }]""", ["statefulset:web"] = """[{ "name": "pages" }]""" });
        var mysql = Assert.Single(Assert.IsAssignableFrom<IEnumerable<Dictionary<string, object?>>>(outputs["mysql"]));
        Assert.Equal("db", mysql["name"]);
        Assert.Equal("db-0.db", await TextAsync(mysql["writeHost"]));
        Assert.Equal("db-write", await TextAsync(mysql["writeService"]));
        Assert.Equal("db-read", await TextAsync(mysql["readHost"]));
        Assert.Equal("db-credentials", await TextAsync(mysql["secretName"]));
        Assert.Equal("db-0.db db-1.db", string.Join(' ', await OutputUtilities.GetValueAsync(Assert.IsType<Output<ImmutableArray<string>>>(mysql["podHosts"]))));
        var images = Assert.IsType<Dictionary<string, object?>>(mysql["images"]);
        Assert.Equal(["server"], images.Keys);
        Assert.Equal("mysql:8.4", await TextAsync(images["server"]));
        var web = Assert.Single(Assert.IsAssignableFrom<IEnumerable<Dictionary<string, object?>>>(outputs["web"]));
        Assert.Equal("pages", await TextAsync(web["readHost"]));
    }

    [Fact]
    public async Task The_outputs_name_the_tools_image_and_a_write_Service_only_where_there_is_one()
    {
        var outputs = await RunAsync(new() { ["statefulset:mysql"] = """[{ "name": "old", "profile": "mysql-5.7" }, { "name": "open", "profile": "mysql-5.7", "write": {} }]""" });
        var systems = Assert.IsAssignableFrom<IEnumerable<Dictionary<string, object?>>>(outputs["mysql"]).ToList();
        Assert.Null(await TextAsync(systems[0]["writeService"]));
        Assert.Equal("open-write", await TextAsync(systems[1]["writeService"]));
        Assert.Equal(["old", "old-read", "open", "open-read", "open-write"], Names("Service").Order(StringComparer.Ordinal));
        Assert.Equal("gcr.io/google-samples/xtrabackup:1.0", await TextAsync(Assert.IsType<Dictionary<string, object?>>(systems[0]["images"])["xtrabackup"]));
    }

    [Fact]
    public async Task Durability_and_Services_reach_the_cluster()
    {
        await RunAsync(new()
        {
            ["statefulset:mysql"] = """
                [{ "name": "db", "durability": "semi-sync", "read": { "type": "NodePort" }, "write": { "type": "LoadBalancer", "annotations": { "example.com/owner": "shop" } } }]
                """,
        });
        Assert.Contains("semisync_source.so", engine.Only("ConfigMap")["data"]!["primary.cnf"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("NodePort", engine.Named("Service", "db-read")["spec"]!["type"]!.GetValue<string>());
        Assert.Equal("LoadBalancer", engine.Named("Service", "db-write")["spec"]!["type"]!.GetValue<string>());
        Assert.Equal("shop", engine.Named("Service", "db-write")["metadata"]!["annotations"]!["example.com/owner"]!.GetValue<string>());
    }

    [Fact]
    public async Task No_namespace_is_made_unless_asked_for()
    {
        await RunAsync(new() { ["statefulset:mysql"] = """[{ "name": "db", "namespace": "shop" }]""" });
        Assert.Empty(engine.All("Namespace"));
    }

    [Fact]
    public async Task A_namespace_that_two_systems_ask_for_is_made_once_and_first()
    {
        await RunAsync(new()
        {
            ["statefulset:mysql"] = """[{ "name": "db", "namespace": "shop", "createNamespace": true }]""",
            ["statefulset:web"] = """[{ "name": "pages", "namespace": "shop", "createNamespace": true }]""",
        });
        Assert.Equal(["shop"], Names("Namespace"));
        Assert.Equal("kubernetes:core/v1:Namespace", engine.Begun.First(resource => resource.IsKubernetes).Type);
    }

    [Fact]
    public async Task Wrong_settings_register_nothing()
    {
        var refused = await Assert.ThrowsAsync<RunException>(() => RunAsync(new() { ["statefulset:mysql"] = """[{ "name": "db", "replicas": 0 }]""", ["statefulset:sqlmy"] = "[]" }));
        Assert.Contains("2 settings need a change", refused.Message, StringComparison.Ordinal);
        Assert.Contains("mysql[0].replicas   0: a MySQL cluster has at least 1 server (its primary)", refused.Message, StringComparison.Ordinal);
        Assert.Empty(engine.Begun);
    }

    private static Task<string> TextAsync(object? output) => OutputUtilities.GetValueAsync(Assert.IsType<Output<string>>(output));

    private IReadOnlyList<string> Names(string kind) => [.. engine.All(kind).Select(inputs => inputs["metadata"]!["name"]!.GetValue<string>())];

    private async Task<IDictionary<string, object?>> RunAsync(Dictionary<string, string> config)
    {
        Environment.SetEnvironmentVariable("PULUMI_CONFIG", JsonSerializer.Serialize(config));
        try
        {
            return await engine.RunAsync(StackProgram.Define);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PULUMI_CONFIG", null);
        }
    }
}
