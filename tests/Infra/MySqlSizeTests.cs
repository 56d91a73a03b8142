using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Infra.Arguments;
using Infra.MySql;
using Pulumi;
using Xunit;

namespace Tests.Infra;

/// <summary>What a server is given: a size, what goes before it key by key, and a buffer pool that fits.</summary>
[Collection("deployment")]
public sealed class MySqlSizeTests
{
    [Theory]
    [InlineData("small", "1", "2Gi", "1G")]
    [InlineData("medium", "2", "8Gi", "5G")]
    [InlineData("large", "8", "32Gi", "23G")]
    public async Task A_size_is_processor_time_memory_and_a_buffer_pool(string size, string cpu, string memory, string pool)
    {
        var engine = await RunAsync(new MySqlClusterArgs { Size = size });
        Json.Equal($$"""{ "requests": { "cpu": "{{cpu}}", "memory": "{{memory}}" } }""", Resources(engine, "mysql"));
        Assert.EndsWith($"\n# Of this stack's size.\ninnodb_buffer_pool_size = {pool}\n", Config(engine, "primary.cnf"), StringComparison.Ordinal);
        Assert.EndsWith($"\n# Of this stack's size.\ninnodb_buffer_pool_size = {pool}\n", Config(engine, "replica.cnf"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_size_the_server_has_its_own_buffer_pool() =>
        Assert.DoesNotContain("innodb_buffer_pool_size", Config(await RunAsync(new MySqlClusterArgs { Memory = "64Gi" }), "primary.cnf"), StringComparison.Ordinal);

    [Fact]
    public async Task Each_key_goes_before_the_size_for_itself()
    {
        var engine = await RunAsync(new MySqlClusterArgs { Size = "medium", Cpu = "3", Memory = Output.Create("4Gi") });
        Json.Equal("""{ "requests": { "cpu": "3", "memory": "4Gi" } }""", Resources(engine, "mysql"));
        Assert.EndsWith("innodb_buffer_pool_size = 2G\n", Config(engine, "primary.cnf"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("innodb_buffer_pool_size")]
    [InlineData("loose-innodb-buffer-pool-size")]
    public async Task A_buffer_pool_of_the_stack_stands_alone(string option)
    {
        var config = Config(await RunAsync(new MySqlClusterArgs { Size = "medium", ServerOptions = new() { [option] = "3G" } }), "primary.cnf");
        Assert.EndsWith($"\n# Options of this stack.\n{option} = 3G\n", config, StringComparison.Ordinal);
        Assert.DoesNotContain("Of this stack's size", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_are_those_of_all_that_run_a_server()
    {
        var engine = await RunAsync(new MySqlClusterArgs { CpuLimit = "2", MemoryLimit = "3Gi" });
        foreach (var container in (string[])["init-mysql", "clone-mysql", "mysql"])
        {
            Json.Equal("""{ "cpu": "2", "memory": "3Gi" }""", Resources(engine, container)["limits"]);
        }

        Json.Equal("""{ "requests": { "cpu": "100m", "memory": "100Mi" } }""", Resources(engine, "replication"));
    }

    /// <summary>Whatever the memory, its buffer pool leaves the server what it takes for itself, and a limit that is no less than that memory is enough.</summary>
    [Fact]
    public void A_buffer_pool_fits_its_memory() => Prop.ForAll(Gen.Choose(640, 4_000_000).ToArbitrary(), mebis =>
    {
        var memory = $"{mebis}Mi";
        var pool = BufferPool.Of(memory);
        Assert.Null(BufferPool.ValueProblem(pool));
        Assert.Null(BufferPool.LimitProblem(memory, pool));
        var bytes = pool[^1] == 'G' ? int.Parse(pool[..^1]) * 1024.0 : int.Parse(pool[..^1]);
        Assert.InRange(bytes, 128, mebis - 512);
        // And no less than what was meant, by a step.
        Assert.True(bytes + (pool[^1] == 'G' ? 1024 : 128) > (mebis - 512) * 0.75);
    }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("128M", "640Mi", true)]
    [InlineData("128M", "639Mi", false)]
    [InlineData("1g", "1536Mi", true)]
    [InlineData("1073741825", "1536Mi", false)]
    [InlineData("1048576K", "1610612736", true)]
    [InlineData("1T", "2Ti", true)]
    [InlineData("1E", "1Pi", false)]
    public void A_limit_holds_the_buffer_pool_and_what_is_beside_it(string pool, string limit, bool fits) => Assert.Equal(fits, BufferPool.LimitProblem(limit, pool) is null);

    [Theory]
    [InlineData("128M", true)]
    [InlineData("134217728", true)]
    [InlineData("2g", true)]
    [InlineData("2GB", false)]
    [InlineData("2 G", false)]
    [InlineData("-1", false)]
    [InlineData("1.5G", false)]
    [InlineData("", false)]
    [InlineData("9E", false)]
    [InlineData("99999999999999999999", false)]
    public void A_buffer_pool_is_a_size_as_the_server_reads_it(string value, bool fits) => Assert.Equal(fits, BufferPool.ValueProblem(value) is null);

    [Theory]
    [InlineData("1Gi", 1073741824)]
    [InlineData("1.5k", 1500)]
    [InlineData("500m", 0.5)]
    [InlineData("2E", 2e18)]
    [InlineData("1Ki", 1024)]
    [InlineData("3e2", 300)]
    [InlineData("7u", 7e-6)]
    [InlineData(".5M", 500000)]
    public void A_quantity_is_a_number(string text, double value) => Assert.Equal(value, Quantity.Value(text)!.Value, value * 1e-9);

    [Fact]
    public void What_is_no_quantity_is_no_number() => Assert.Null(Quantity.Value("1GB"));

    [Fact]
    public void A_limit_that_is_not_there_yet_is_not_wrong() => Assert.Empty(new MySqlClusterArgs
    {
        MemoryLimit = global::Pulumi.Utilities.OutputUtilities.CreateUnknown(""),
        ServerOptions = new() { ["innodb_buffer_pool_size"] = "64G" },
    }.Problems("db"));

    private static async Task<Engine> RunAsync(MySqlClusterArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("db", args); });
        return engine;
    }

    private static string Config(Engine engine, string file) => engine.Configuration["data"]![file]!.GetValue<string>();

    private static JsonNode Resources(Engine engine, string container)
    {
        var pod = engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!;
        return pod["initContainers"]!.AsArray().Concat(pod["containers"]!.AsArray()).Single(one => one!["name"]!.GetValue<string>() == container)!["resources"]!;
    }
}
