using System.Text.Json;
using Cli.Checks;
using Examples.Etcd;
using Examples.Shop;
using Examples.Tenant;
using Tests.Golden;
using Xunit;

namespace Tests.Examples;

/// <summary>The programs that show how the library is used: what they register, word for word, and that it keeps what every stack keeps.</summary>
[Collection("deployment")]
public sealed class ExampleTests
{
    private const string ConfigVariable = "PULUMI_CONFIG";

    public static TheoryData<string> Programs => ["etcd", "shop", "tenant"];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task An_example_registers_what_its_file_says(string example)
    {
        var engine = await RunAsync(example);
        GoldenFile.Equal($"example-{example}.yaml", GraphText.Of(await engine.GraphAsync()));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task An_example_keeps_every_invariant_of_order(string example) => Assert.Empty(OrderInvariants.Check(await (await RunAsync(example)).GraphAsync()));

    [Theory]
    [InlineData("etcd", """{ "members": ["etcd-0.etcd.default.svc", "etcd-1.etcd.default.svc", "etcd-2.etcd.default.svc"] }""")]
    [InlineData("shop", """
        {
          "writer": { "host": "orders-write.default.svc", "port": 3306 }, "reader": { "host": "orders-read.default.svc", "port": 3306 },
          "adminPassword": "password of orders-root"
        }
        """)]
    [InlineData("tenant", """
        {
          "pages": { "host": "pages.acme.svc", "port": 80 }, "writer": { "host": "orders-write.acme.svc", "port": 3306 }, "reader": { "host": "orders-read.acme.svc", "port": 3306 }
        }
        """)]
    public async Task An_example_tells_where_its_systems_are(string example, string outputs)
    {
        var told = await (await RunAsync(example)).StackOutputsAsync();
        Json.Equal(outputs, told.Values);
        Assert.Equal(example == "shop" ? ["adminPassword"] : [], told.Secrets);
    }

    [Fact]
    public async Task A_tenants_systems_go_through_its_provider_and_wait_for_its_namespace()
    {
        var engine = await RunAsync("tenant", ("tenant", "other"));
        Assert.Equal("west", engine.Only("kubernetes")["context"]!.GetValue<string>());
        var graph = await engine.GraphAsync();
        var place = Assert.Single(graph.Nodes, node => node.Recorded.Kind == "Namespace");
        Assert.Equal("other", place.Recorded.Inputs["metadata"]!["name"]!.GetValue<string>());
        Assert.Equal(true, place.Recorded.Options.Protect);
        Assert.All(graph.Objects, node => Assert.EndsWith("::other::other", node.Recorded.Provider, StringComparison.Ordinal));
        Assert.All(graph.Objects.Where(node => node != place), node => Assert.Contains(place, graph.Before(node)));
    }

    /// <summary>The promise of the README: a system of one's own in under a hundred lines.</summary>
    [Fact]
    public void A_system_of_ones_own_is_less_than_a_hundred_lines() =>
        Assert.InRange(Directory.GetFiles(Path.Combine(Repository.Root, "examples", "etcd"), "*.cs").Sum(file => File.ReadAllLines(file).Length), 1, 99);

    private static async Task<Engine> RunAsync(string example, params (string Key, string Value)[] config)
    {
        var engine = new Engine();
        Environment.SetEnvironmentVariable(ConfigVariable, JsonSerializer.Serialize(config.Prepend(("context", "west")).DistinctBy(pair => pair.Item1).ToDictionary(pair => $"{Engine.Project}:{pair.Item1}", pair => pair.Item2)));
        try
        {
            await engine.RunAsync(Program(example));
            return engine;
        }
        finally
        {
            Environment.SetEnvironmentVariable(ConfigVariable, null);
        }
    }

    private static Func<IDictionary<string, object?>> Program(string example) => example switch
    {
        "etcd" => EtcdProgram.Define,
        "shop" => ShopProgram.Define,
        _ => TenantProgram.Define,
    };
}
