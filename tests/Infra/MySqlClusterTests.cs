using System.Text.Json.Nodes;
using Cli.Checks;
using Cli.Manifests;
using FsCheck;
using FsCheck.Fluent;
using Infra.MySql;
using Infra.MySql.Profiles;
using Lab.Manifests;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Infra;

[Collection("deployment")]
public sealed class MySqlClusterTests
{
    [Fact]
    public async Task Scaling_leaves_the_pods_as_they_are()
    {
        var three = await StatefulSetOf(new MySqlClusterArgs { Replicas = 3 });
        var five = await StatefulSetOf(new MySqlClusterArgs { Replicas = 5 });
        Assert.True(JsonNode.DeepEquals(three["spec"]!["template"], five["spec"]!["template"]));
    }

    [Fact]
    public async Task Images_and_pull_policy_are_settings()
    {
        var set = await StatefulSetOf(new MySqlClusterArgs
        {
            Profile = MySqlProfiles.MySql57,
            Images = new MySqlImagesArgs { Server = "lab/mysql:1", Xtrabackup = "lab/tools:1" },
            ImagePullPolicy = "Never",
        });
        var containers = set["spec"]!["template"]!["spec"]!["initContainers"]!.AsArray().Concat(set["spec"]!["template"]!["spec"]!["containers"]!.AsArray()).ToList();
        Assert.Equal(["lab/mysql:1", "lab/tools:1", "lab/mysql:1", "lab/tools:1"], containers.Select(container => container!["image"]!.GetValue<string>()));
        Assert.All(containers, container => Assert.Equal("Never", container!["imagePullPolicy"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("mysql-5.7", "master.cnf", "slave.cnf")]
    [InlineData("mysql-8.4", "primary.cnf", "replica.cnf")]
    public async Task An_option_of_the_server_makes_another_ConfigMap(string profile, string primary, string replica)
    {
        var plain = await EngineOf(new MySqlClusterArgs { Profile = profile });
        var tuned = await EngineOf(new MySqlClusterArgs
        {
            Profile = profile,
            ServerOptions = new() { ["max_connections"] = "500" },
        });
        Assert.NotEqual(Name(plain.Configuration), Name(tuned.Configuration));
        Assert.All([primary, replica], file => Assert.EndsWith(
            "\n# Options of this stack.\nmax_connections = 500\n", tuned.Configuration["data"]![file]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_arguments_make_the_same_objects()
    {
        var first = await EngineOf(new MySqlClusterArgs());
        var second = await EngineOf(new MySqlClusterArgs());
        Assert.Equal(Texts(first), Texts(second));
    }

    [Fact]
    public async Task A_replaced_set_hands_its_pods_on() => Assert.Equal(
        "orphan", (await StatefulSetOf(new MySqlClusterArgs()))["metadata"]!["annotations"]!["pulumi.com/deletionPropagationPolicy"]!.GetValue<string>());

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("auto", 0, null)]
    [InlineData("manual", null, 1)]
    [InlineData("manual", 2, 2)]
    [InlineData(null, 2, 2)]
    public async Task The_primary_is_the_lowest_ordinal_that_a_partition_can_hold_back(string? primary, int? partition, int? held)
    {
        var set = await StatefulSetOf(new MySqlClusterArgs { Update = new MySqlUpdateArgs { Primary = primary, Partition = partition } });
        Assert.Equal(held, set["spec"]!["updateStrategy"]!["rollingUpdate"]?["partition"]!.GetValue<int>());
        Assert.Equal("RollingUpdate", set["spec"]!["updateStrategy"]!["type"]!.GetValue<string>());
    }

    /// <summary>The provider's own rule would wait for pods that a partition holds back.</summary>
    [Theory]
    [InlineData(3, 0, null)]
    [InlineData(3, 1, "jsonpath={$[?@.replicas == 3 && @.readyReplicas == 3 && (@.currentRevision == @.updateRevision && @.currentReplicas == 3 || !(@.currentRevision == @.updateRevision) && @.updatedReplicas > 1)]}")]
    [InlineData(5, 4, "jsonpath={$[?@.replicas == 5 && @.readyReplicas == 5 && (@.currentRevision == @.updateRevision && @.currentReplicas == 5 || !(@.currentRevision == @.updateRevision) && @.updatedReplicas > 0)]}")]
    [InlineData(3, 3, "jsonpath={$[?@.replicas == 3 && @.readyReplicas == 3]}")]
    public async Task A_deployment_waits_for_the_pods_that_follow(int replicas, int partition, string? waitFor)
    {
        var set = await StatefulSetOf(new MySqlClusterArgs { Replicas = replicas, Update = new MySqlUpdateArgs { Partition = partition } });
        Assert.Equal(waitFor, set["metadata"]!["annotations"]!["pulumi.com/waitFor"]?.GetValue<string>());
    }

    /// <summary>A pod that is held back is made anew from a template that names the ConfigMap of before.</summary>
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("manual", null, true)]
    [InlineData(null, 2, true)]
    public async Task While_pods_are_held_back_no_configuration_is_deleted(string? primary, int? partition, bool retained)
    {
        var engine = await EngineOf(new MySqlClusterArgs { Update = new MySqlUpdateArgs { Primary = primary, Partition = partition } });
        Assert.Equal(retained, engine.Begun.Single(resource => resource.Name == "mysql-config").Options.RetainOnDelete == true);
    }

    [Fact]
    public async Task Claims_are_retained() => Json.Equal(
        """{ "whenDeleted": "Retain", "whenScaled": "Retain" }""", (await StatefulSetOf(new MySqlClusterArgs()))["spec"]!["persistentVolumeClaimRetentionPolicy"]);

    /// <summary>A Secret whose data changes is replaced under its name; a pod template that took its output would be replaced with it.</summary>
    [Fact]
    public async Task No_output_of_the_Secret_reaches_the_StatefulSet()
    {
        var engine = new Engine { Renamed = ("Secret", "mysql-credentials", "renamed-by-the-engine") };
        await engine.RunAsync(() => { _ = new MySqlCluster("mysql", new MySqlClusterArgs()); });
        Assert.DoesNotContain("renamed-by-the-engine", engine.Only("StatefulSet").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_name_is_the_headless_Services_own()
    {
        var engine = new Engine { Renamed = ("Service", "mysql", "renamed-by-the-engine") };
        await engine.RunAsync(() => { _ = new MySqlCluster("mysql", new MySqlClusterArgs()); });
        Assert.Equal("renamed-by-the-engine", engine.Only("StatefulSet")["spec"]!["serviceName"]!.GetValue<string>());
    }

    [Fact]
    public void Any_name_namespace_size_profile_and_write_Service_keep_the_invariants() => Prop.ForAll(Arguments, args =>
    {
        var engine = EngineOf(args).GetAwaiter().GetResult();
        var manifests = DependencyOrder.Sort(engine.Begun.Where(resource => resource.IsKubernetes).Select(resource => new Manifest(resource.Inputs)));
        Assert.Empty(Invariants.Check(manifests));
        Assert.Empty(OrderInvariants.Check(engine.GraphAsync().GetAwaiter().GetResult()));
        Assert.All(manifests, manifest => Assert.Equal(Place(args), manifest.Namespace));
        Assert.Equal(args.Replicas, engine.Only("StatefulSet")["spec"]!["replicas"]!.GetValue<int>());
    }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(60));

    private static Arbitrary<MySqlClusterArgs> Arguments =>
        (from name in Gen.Elements("mysql", "a", "shop-db", "x9", new string('n', 49))
         from place in Gen.Elements("default", "shop", "7", "a-b-c")
         from replicas in Gen.Choose(1, 100)
         from profile in Gen.Elements(MySqlProfiles.All.ToArray())
         from type in Gen.Elements(ServiceExposureArgs.Types.ToArray())
         from write in Gen.Elements(null, new ServiceExposureArgs { Type = type })
         select new MySqlClusterArgs { Name = name, Namespace = place, Replicas = replicas, Profile = profile, Write = write }).ToArbitrary();

    private static string Place(MySqlClusterArgs args) => OutputUtilities.GetValueAsync(args.Namespace.ToOutput()).GetAwaiter().GetResult();

    private static async Task<Engine> EngineOf(MySqlClusterArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("mysql", args); });
        return engine;
    }

    private static async Task<JsonObject> StatefulSetOf(MySqlClusterArgs args) => (await EngineOf(args)).Only("StatefulSet");

    private static string Name(JsonObject inputs) => inputs["metadata"]!["name"]!.GetValue<string>();

    private static IReadOnlyList<string> Texts(Engine engine) => [.. engine.Begun.Select(resource => $"{resource.Name} {resource.Inputs.ToJsonString()}").Order()];
}
