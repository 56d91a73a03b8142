using System.Text.Json.Nodes;
using Cli.Evaluation;
using Examples.Etcd;
using Examples.Shop;
using Infra.Workloads;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Xunit;

namespace Tests.Infra;

/// <summary>Every pod fits the Pod Security Standard "Restricted" and cannot write its image's files, unless its user says otherwise.</summary>
[Collection("deployment")]
public sealed class RestrictedSecurityTests
{
    private const string OfContainers = """{ "allowPrivilegeEscalation": false, "capabilities": { "drop": ["ALL"] }, "readOnlyRootFilesystem": true }""";

    public static TheoryData<string, string, string> Systems => Golden.GoldenTests.Systems;

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Every_container_of_a_system_is_restricted(string name, string kind, string systems)
    {
        var engine = new Engine();
        await engine.RunStackAsync(new Dictionary<string, string> { [kind] = systems });
        AssertRestricted(engine, name.StartsWith("web", StringComparison.Ordinal) ? 101 : 999);
    }

    [Theory]
    [InlineData("dev", 101, 999)]
    [InlineData("example", 999)]
    public async Task Every_container_of_a_stack_is_restricted(string stack, params int[] users)
    {
        var engine = new Engine();
        await engine.RunStackAsync(StackFile.Read(Repository.Root, stack, []).Config);
        AssertRestricted(engine, users);
    }

    [Fact]
    public async Task Every_container_of_an_example_is_restricted()
    {
        var (etcd, shop) = (new Engine(), new Engine());
        await etcd.RunAsync(EtcdProgram.Define);
        await shop.RunAsync(ShopProgram.Define);
        AssertRestricted(etcd, 65532);
        AssertRestricted(shop, 999);
    }

    [Fact]
    public async Task A_workload_whose_user_is_not_known_runs_as_that_of_its_image_which_may_not_be_root()
    {
        var pod = await PodAsync(SmallWorkload.Args());
        Json.Equal("""{ "runAsNonRoot": true, "seccompProfile": { "type": "RuntimeDefault" } }""", pod["securityContext"]);
        Assert.All(PodSecurityStandard.Containers(pod), container => Json.Equal(OfContainers, container["securityContext"]));
        Assert.False(pod["automountServiceAccountToken"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_workload_whose_user_is_known_shares_its_volumes_by_that_user_s_group()
    {
        var args = SmallWorkload.Args();
        args.RunAsUser = 1001;
        Json.Equal(
            """
            {
              "runAsNonRoot": true, "runAsUser": 1001, "runAsGroup": 1001, "fsGroup": 1001, "fsGroupChangePolicy": "OnRootMismatch",
              "seccompProfile": { "type": "RuntimeDefault" }
            }
            """,
            (await PodAsync(args))["securityContext"]);
    }

    [Fact]
    public async Task A_workload_that_has_no_init_containers_gets_none()
    {
        var args = SmallWorkload.Args();
        args.Spec = new PodSpecArgs { Containers = { new ContainerArgs { Name = "main", Ports = { new NamedPort("peer", 2380).OnContainer() } } } };
        Assert.False((await PodAsync(args)).AsObject().ContainsKey("initContainers"));
    }

    [Fact]
    public async Task What_the_pod_itself_says_stays()
    {
        var args = SmallWorkload.Args();
        args.RunAsUser = 1001;
        args.Spec.SecurityContext = new PodSecurityContextArgs { RunAsUser = 5 };
        args.Spec.AutomountServiceAccountToken = true;
        args.Spec.Containers = [new ContainerArgs { Name = "main", Ports = { new NamedPort("peer", 2380).OnContainer() }, SecurityContext = new SecurityContextArgs { ReadOnlyRootFilesystem = false } }];
        var pod = await PodAsync(args);
        Json.Equal("""{ "runAsUser": 5 }""", pod["securityContext"]);
        Json.Equal("""{ "readOnlyRootFilesystem": false }""", Json.Item(pod["containers"], "main")["securityContext"]);
        Json.Equal(OfContainers, Json.Item(pod["initContainers"], "first")["securityContext"]);
        Assert.True(pod["automountServiceAccountToken"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Port_80_is_listened_on_without_root()
    {
        var engine = new Engine();
        await engine.RunStackAsync(new Dictionary<string, string> { ["web"] = """[{ "name": "pages" }]""" });
        Json.Equal(
            """[{ "name": "net.ipv4.ip_unprivileged_port_start", "value": "0" }]""",
            engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!["securityContext"]!["sysctls"]);
    }

    private static async Task<JsonNode> PodAsync(OrderedWorkloadArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new OrderedWorkload("db", args); });
        return engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!;
    }

    private static void AssertRestricted(Engine engine, params int[] users)
    {
        var pods = engine.All("StatefulSet").Select(set => set["spec"]!["template"]!["spec"]!).ToList();
        Assert.Equal(users, pods.Select(pod => pod["securityContext"]!["runAsUser"]!.GetValue<int>()).Distinct().Order());
        Assert.All(pods, pod =>
        {
            Assert.Empty(PodSecurityStandard.Broken(pod));
            Assert.False(pod["automountServiceAccountToken"]!.GetValue<bool>());
            Assert.All(PodSecurityStandard.Containers(pod), container => Assert.True(container["securityContext"]!["readOnlyRootFilesystem"]!.GetValue<bool>(), $"{container["name"]}"));
            Assert.All(
                (pod["volumes"] as JsonArray ?? []).Where(volume => volume!["secret"] is not null),
                volume => Assert.Equal(0b100_100_000, volume!["secret"]!["defaultMode"]!.GetValue<int>()));
        });
    }
}
