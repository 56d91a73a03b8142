using System.Text.Json.Nodes;
using Infra.MySql;
using Infra.Web;
using Infra.Workloads;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Infra;

/// <summary>Who may reach the pods of each component, and whom they may.</summary>
[Collection("deployment")]
public sealed class NetworkPolicyTests
{
    private const string Own = """{ "podSelector": { "matchLabels": { "app": "db", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "database" } } }""";

    public static TheoryData<string, string, string> Peers => new()
    {
        { "shop", "", """{ "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": "shop" } } }""" },
        { "*", "", """{ "namespaceSelector": {} }""" },
        { "", "cart", """{ "podSelector": { "matchLabels": { "app": "cart" } } }""" },
        { "shop", "cart", """{ "namespaceSelector": { "matchLabels": { "kubernetes.io/metadata.name": "shop" } }, "podSelector": { "matchLabels": { "app": "cart" } } }""" },
    };

    [Fact]
    public async Task Clients_are_the_pods_of_the_namespace_and_only_the_servers_reach_every_port() => Json.Equal(
        $$"""
        {
          "podSelector": {{JsonNode.Parse(Own)!["podSelector"]!.ToJsonString()}},
          "policyTypes": ["Ingress", "Egress"],
          "ingress": [{ "from": [{ "podSelector": {} }], "ports": [{ "port": 3306, "protocol": "TCP" }] }, { "from": [{{Own}}] }],
          "egress": [
            { "to": [{{Own}}] },
            { "ports": [{ "port": 53, "protocol": "UDP" }, { "port": 53, "protocol": "TCP" }, { "port": 5353, "protocol": "UDP" }, { "port": 5353, "protocol": "TCP" }] }
          ]
        }
        """,
        (await PolicyAsync(new MySqlClusterArgs()))["spec"]);

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Who_was_said_takes_the_namespaces_place(string place, string app, string peer)
    {
        var from = new NetworkPeerArgs { Namespace = place.Length == 0 ? null : (Input<string>)place, Labels = app.Length == 0 ? null : new() { ["app"] = app } };
        Json.Equal($"[{peer}]", await ClientsAsync(new MySqlClusterArgs { Network = new() { From = [from] } }));
    }

    [Fact]
    public async Task Addresses_are_said_by_their_range() => Json.Equal(
        """[{ "ipBlock": { "cidr": "10.0.0.0/8" } }, { "ipBlock": { "cidr": "fd00::/8" } }]""",
        await ClientsAsync(new MySqlClusterArgs { Network = new() { From = [new NetworkPeerArgs { Cidr = "10.0.0.0/8" }, new NetworkPeerArgs { Cidr = "fd00::/8" }] } }));

    [Theory]
    [InlineData("NodePort", "ClusterIP", true)]
    [InlineData("ClusterIP", "LoadBalancer", true)]
    [InlineData("ClusterIP", "ClusterIP", false)]
    public async Task A_Service_for_the_world_outside_opens_its_port_to_everyone(string read, string write, bool everyone)
    {
        var args = new MySqlClusterArgs { Read = new() { Type = read }, Write = new() { Type = Output.Create(write) } };
        Json.Equal(everyone ? "null" : """[{ "podSelector": {} }]""", await ClientsAsync(args) ?? JsonNode.Parse("null"));
        // And no other port.
        Json.Equal("""[{ "port": 3306, "protocol": "TCP" }]""", (await PolicyAsync(args))["spec"]!["ingress"]![0]!["ports"]);
    }

    [Fact]
    public async Task Whoever_says_addresses_says_who_comes_through_a_load_balancer() => Json.Equal(
        """[{ "ipBlock": { "cidr": "10.0.0.0/8" } }]""",
        await ClientsAsync(new MySqlClusterArgs { Write = new() { Type = "LoadBalancer" }, Network = new() { From = [new NetworkPeerArgs { Cidr = "10.0.0.0/8" }] } }));

    [Fact]
    public async Task Pages_are_read_from_the_namespace()
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new WebCluster("pages", new WebClusterArgs()); });
        Json.Equal("""{ "from": [{ "podSelector": {} }], "ports": [{ "port": 80, "protocol": "TCP" }] }""", engine.Only("NetworkPolicy")["spec"]!["ingress"]![0]);
    }

    [Fact]
    public async Task A_workloads_own_ports_are_its_clients()
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new OrderedWorkload("small", SmallWorkload.Args()); });
        Json.Equal("""[{ "port": 2380, "protocol": "TCP" }]""", engine.Only("NetworkPolicy")["spec"]!["ingress"]![0]!["ports"]);
    }

    [Fact]
    public async Task It_stands_before_the_pods()
    {
        var graph = await (await EngineAsync(new MySqlClusterArgs())).GraphAsync();
        var (set, policy) = (Assert.Single(graph.Objects, node => node.Recorded.Kind == "StatefulSet"), Assert.Single(graph.Objects, node => node.Recorded.Kind == "NetworkPolicy"));
        Assert.Contains(policy, graph.Named(set));
    }

    [Fact]
    public async Task It_can_be_left_out()
    {
        var cluster = default(MySqlCluster);
        var engine = new Engine();
        await engine.RunAsync(() => { cluster = new MySqlCluster("db", new MySqlClusterArgs { Network = new() { Policy = false } }); });
        Assert.Empty(engine.All("NetworkPolicy"));
        Assert.Null(cluster!.Workload.NetworkPolicy);
        Assert.Single(engine.All("PodDisruptionBudget"));
    }

    /// <summary>What a Service's type is comes later; the policy waits for it, and looks at nothing before.</summary>
    [Fact]
    public void A_type_that_is_not_there_yet_is_not_wrong() => Assert.Empty(new MySqlClusterArgs
    {
        Write = new() { Type = OutputUtilities.CreateUnknown("") },
        Network = new() { From = [new NetworkPeerArgs { Namespace = "shop" }] },
    }.Problems("db"));

    private static async Task<JsonNode?> ClientsAsync(MySqlClusterArgs args) => (await PolicyAsync(args))["spec"]!["ingress"]![0]!["from"];

    private static async Task<JsonObject> PolicyAsync(MySqlClusterArgs args) => (await EngineAsync(args)).Only("NetworkPolicy");

    private static async Task<Engine> EngineAsync(MySqlClusterArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("db", args); });
        return engine;
    }
}
