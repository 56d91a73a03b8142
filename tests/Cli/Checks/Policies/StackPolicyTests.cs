using Cli.Checks;
using Cli.Evaluation;
using Examples.Etcd;
using Examples.Shop;
using Examples.Tenant;
using Lab.Manifests;
using Tests.Golden;
using Xunit;

namespace Tests.Cli.Checks.Policies;

/// <summary>What this project makes keeps the policies that it holds others to.</summary>
[Collection("deployment")]
public sealed class StackPolicyTests
{
    private const string ConfigVariable = "PULUMI_CONFIG";

    [Theory]
    [InlineData("dev")]
    [InlineData("example")]
    public async Task A_stack_keeps_every_policy(string stack) => await CheckAsync(engine => engine.RunStackAsync(StackFile.Read(Repository.Root, stack, []).Config));

    [Theory]
    [MemberData(nameof(GoldenTests.Systems), MemberType = typeof(GoldenTests))]
    public async Task A_system_keeps_every_policy(string name, string kind, string systems)
    {
        Assert.NotEmpty(name);
        await CheckAsync(engine => engine.RunStackAsync(new Dictionary<string, string> { [kind] = systems }));
    }

    [Theory]
    [InlineData("""[{ "name": "db", "size": "large", "spread": "hard", "replicas": 1, "network": { "from": [{ "namespace": "shop" }] }, "limits": { "memory": "32Gi" } }]""")]
    [InlineData("""[{ "name": "db", "write": { "type": "LoadBalancer" }, "read": { "type": "NodePort" } }]""")]
    public async Task Settings_keep_every_policy(string systems) => await CheckAsync(engine => engine.RunStackAsync(new Dictionary<string, string> { ["mysql"] = systems }));

    [Theory]
    [InlineData("network", """{ "policy": false }""", "pod-networkpolicy")]
    [InlineData("disruptionBudget", "false", "statefulset-has-poddisruptionbudget")]
    public async Task What_was_switched_off_is_missed(string key, string value, string policy)
    {
        var engine = new Engine();
        await engine.RunStackAsync(new Dictionary<string, string> { ["web"] = $$"""[{ "name": "pages", "{{key}}": {{value}} }]""" });
        Assert.Equal([policy], Checks(engine));
    }

    [Fact]
    public async Task The_examples_keep_every_policy()
    {
        Environment.SetEnvironmentVariable(ConfigVariable, $$"""{ "{{Engine.Project}}:context": "west" }""");
        try
        {
            foreach (var program in (Func<IDictionary<string, object?>>[])[EtcdProgram.Define, ShopProgram.Define, TenantProgram.Define])
            {
                await CheckAsync(engine => engine.RunAsync(program));
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(ConfigVariable, null);
        }
    }

    private static async Task CheckAsync(Func<Engine, Task> run)
    {
        var engine = new Engine();
        await run(engine);
        Assert.Empty(Checks(engine));
    }

    private static IEnumerable<string> Checks(Engine engine) => Finding
        .Of([.. engine.Begun.Where(resource => resource.IsKubernetes && !IsOfAnApplication(resource)).Select(resource => new ManifestSource(new Manifest(resource.Inputs), "stack", 1))], [])
        .Select(finding => finding.Check)
        .Distinct();

    /// <summary>A Deployment that is none of the library's is an application's own, beside its cluster in an example.</summary>
    private static bool IsOfAnApplication(RecordedResource resource) => resource.Kind == "Deployment" && resource.Inputs["metadata"]?["labels"]?["app.kubernetes.io/managed-by"] is null;
}
