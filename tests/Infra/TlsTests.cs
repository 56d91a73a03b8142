using System.Text.Json.Nodes;
using Infra.MySql;
using Pulumi;
using Xunit;

namespace Tests.Infra;

/// <summary>What a cluster registers for its certificates.</summary>
[Collection("deployment")]
public sealed class TlsTests
{
    private static readonly string[] Containers = ["init-mysql", "clone-mysql", "mysql", "replication"];

    [Theory]
    [InlineData(null, "svc")]
    [InlineData("cluster.local", "svc.cluster.local")]
    public async Task Servers_know_each_other_by_the_names_that_certificates_have(string? domain, string suffix)
    {
        var engine = await EngineOf(new MySqlClusterArgs { Tls = new() { Secret = "servers" }, Domain = domain is null ? null : (Input<string>)domain });
        Assert.All(Containers, name =>
        {
            var variables = Container(engine, name)["env"]!.AsArray();
            Assert.Equal("NAMESPACE", (string?)variables[0]!["name"]);
            Json.Equal("""{ "fieldRef": { "fieldPath": "metadata.namespace" } }""", variables[0]!["valueFrom"]);
            Assert.Equal($"db-0.db.$(NAMESPACE).{suffix}", (string?)Json.Item(variables, "PRIMARY_HOST")["value"]);
            Assert.Equal($"db.$(NAMESPACE).{suffix}", (string?)Json.Item(variables, "HEADLESS_SERVICE")["value"]);
        });
    }

    [Theory]
    [InlineData(null, "ON")]
    [InlineData(true, "ON")]
    [InlineData(false, "OFF")]
    public async Task Clients_have_to_use_TLS_unless_it_is_said_otherwise(bool? require, string expected) =>
        Assert.Equal(expected, (string?)Json.Item(Container(await EngineOf(new MySqlClusterArgs { Tls = new() { Secret = "servers", Require = require } }), "init-mysql")["env"], "TLS_REQUIRED")["value"]);

    [Fact]
    public async Task Those_that_look_at_the_Secret_mount_it_as_a_whole_and_the_server_and_the_exporter_do_not()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Tls = new() { Secret = "servers" }, Metrics = new() });
        Json.Equal("""{ "name": "tls", "secret": { "secretName": "servers", "defaultMode": 288 } }""", Json.Item(PodOf(engine)["volumes"], "tls"));
        Assert.All(["init-mysql", "clone-mysql", "replication"], name => Json.Equal("""{ "name": "tls", "mountPath": "/mnt/tls", "readOnly": true }""", Json.Item(Container(engine, name)["volumeMounts"], "tls")));
        Assert.All(["mysql", "metrics"], name => Assert.DoesNotContain("tls", Json.Names(Container(engine, name)["volumeMounts"])));
        Assert.Contains("--tls.insecure-skip-verify", Container(engine, "metrics")["args"]!.AsArray().Select(one => (string?)one));
        Assert.Empty(engine.All("Certificate"));
    }

    [Fact]
    public async Task Without_certificates_there_is_nothing_of_them()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Metrics = new() });
        Assert.DoesNotContain("tls", Json.Names(PodOf(engine)["volumes"]));
        Assert.DoesNotContain("--tls.insecure-skip-verify", Container(engine, "metrics")["args"]!.AsArray().Select(one => (string?)one));
        Assert.All(Containers, name => Assert.Empty(Json.Names(Container(engine, name)["env"]).Intersect(["NAMESPACE", "TLS_REQUIRED"])));
        Assert.Equal("db-0.db", (string?)Json.Item(Container(engine, "mysql")["env"], "PRIMARY_HOST")["value"]);
    }

    [Fact]
    public async Task An_issuer_is_asked_for_every_name_before_the_pods_are_made()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Namespace = "shop", Tls = new() { Issuer = new() { Name = "private" } } });
        var certificate = engine.Only("Certificate");
        Assert.Equal(("cert-manager.io/v1", "shop", "db"), ((string?)certificate["apiVersion"], (string?)certificate["metadata"]!["namespace"], (string?)certificate["metadata"]!["name"]));
        Json.Equal(
            """
            {
              "secretName": "db-tls",
              "dnsNames": ["*.db.shop.svc", "db-read.shop.svc", "db-write.shop.svc"],
              "usages": ["digital signature", "key encipherment", "server auth"],
              "privateKey": { "algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always" },
              "issuerRef": { "name": "private", "kind": "Issuer", "group": "cert-manager.io" }
            }
            """,
            certificate["spec"]);
        Assert.Equal("db-tls", (string?)Json.Item(PodOf(engine)["volumes"], "tls")["secret"]!["secretName"]);
        var begun = engine.Begun.Select(resource => resource.Kind).ToList();
        Assert.True(begun.IndexOf("Certificate") < begun.IndexOf("StatefulSet"));
    }

    [Fact]
    public async Task An_issuer_of_another_kind_is_named_in_full_and_a_domain_is_part_of_every_name()
    {
        var engine = await EngineOf(new MySqlClusterArgs
        {
            Domain = "cluster.local",
            Tls = new() { Issuer = new() { Name = "ours", Kind = "AWSPCAClusterIssuer", Group = "awspca.cert-manager.io" } },
        });
        var spec = engine.Only("Certificate")["spec"]!;
        Json.Equal("""{ "name": "ours", "kind": "AWSPCAClusterIssuer", "group": "awspca.cert-manager.io" }""", spec["issuerRef"]);
        // Pods that have not heard of the domain yet call each other by the shorter form.
        Json.Equal(
            """
            ["*.db.default.svc", "db-read.default.svc", "db-write.default.svc",
             "*.db.default.svc.cluster.local", "db-read.default.svc.cluster.local", "db-write.default.svc.cluster.local"]
            """,
            spec["dnsNames"]);
    }

    private static JsonNode PodOf(Engine engine) => engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!;

    private static JsonObject Container(Engine engine, string name) =>
        Assert.Single(((string[])["initContainers", "containers"]).SelectMany(list => PodOf(engine)[list]!.AsArray()).OfType<JsonObject>(), one => (string?)one["name"] == name);

    private static async Task<Engine> EngineOf(MySqlClusterArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("db", args); });
        return engine;
    }
}
