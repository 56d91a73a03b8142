using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.MySql;
using Infra.Web;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Xunit;

namespace Tests.Infra;

/// <summary>Every setting of pods and containers: the one place where it arrives, for every workload, and nothing else that it changes.</summary>
[Collection("deployment")]
public sealed partial class PodSettingsTests
{
    private const string Pod = "spec.template.spec";

    private static readonly (string Name, Action<PodSettingsArgs> Set, string[] Paths)[] OfPods =
    [
        (nameof(PodSettingsArgs.Labels), pod => pod.Labels = new() { ["team"] = "shop" }, ["spec.template.metadata.labels.team"]),
        (nameof(PodSettingsArgs.Annotations), pod => pod.Annotations = new() { ["example.com/owner"] = "shop" }, ["spec.template.metadata.annotations"]),
        (nameof(PodSettingsArgs.NodeSelector), pod => pod.NodeSelector = new() { ["disk"] = "ssd" }, [$"{Pod}.nodeSelector"]),
        (nameof(PodSettingsArgs.Tolerations), pod => pod.Tolerations = [new TolerationArgs { Key = "dedicated", Operator = "Exists" }], [$"{Pod}.tolerations[0]"]),
        (nameof(PodSettingsArgs.Affinity), pod => pod.Affinity = new AffinityArgs { NodeAffinity = new NodeAffinityArgs() }, [$"{Pod}.affinity"]),
        (nameof(PodSettingsArgs.Spread), pod => pod.Spread = "hard", [$"{Pod}.topologySpreadConstraints[0].whenUnsatisfiable", $"{Pod}.topologySpreadConstraints[1].whenUnsatisfiable"]),
        (nameof(PodSettingsArgs.TopologySpreadConstraints), pod => pod.TopologySpreadConstraints = [], [$"{Pod}.topologySpreadConstraints[0]", $"{Pod}.topologySpreadConstraints[1]"]),
        (nameof(PodSettingsArgs.PriorityClassName), pod => pod.PriorityClassName = "high", [$"{Pod}.priorityClassName"]),
        (nameof(PodSettingsArgs.ServiceAccountName), pod => pod.ServiceAccountName = "shop", [$"{Pod}.serviceAccountName"]),
        (nameof(PodSettingsArgs.ImagePullSecrets), pod => pod.ImagePullSecrets = [new LocalObjectReferenceArgs { Name = "registry" }], [$"{Pod}.imagePullSecrets[registry]"]),
        (nameof(PodSettingsArgs.SecurityContext), pod => pod.SecurityContext = new PodSecurityContextArgs { FsGroup = 999 }, [$"{Pod}.securityContext"]),
        (nameof(PodSettingsArgs.Volumes), pod => pod.Volumes = [new VolumeArgs { Name = "extra", EmptyDir = new EmptyDirVolumeSourceArgs() }], [$"{Pod}.volumes[extra]"]),
        (nameof(PodSettingsArgs.Customize), pod => pod.Customize = spec => { spec.HostNetwork = true; return spec; }, [$"{Pod}.hostNetwork"]),
    ];

    private static readonly (string Name, Action<ContainerSettingsArgs> Set, string Path, string Json)[] OfContainers =
    [
        (nameof(ContainerSettingsArgs.Resources), container => container.Resources = new ResourceRequirementsArgs { Limits = { ["memory"] = "2Gi" } }, "resources", """{ "limits": { "memory": "2Gi" } }"""),
        (nameof(ContainerSettingsArgs.Env), container => container.Env = [new EnvVarArgs { Name = "TZ", Value = "UTC" }], "env", """{ "name": "TZ", "value": "UTC" }"""),
        (nameof(ContainerSettingsArgs.VolumeMounts), container => container.VolumeMounts = [new VolumeMountArgs { Name = "extra", MountPath = "/extra" }], "volumeMounts", """{ "name": "extra", "mountPath": "/extra" }"""),
        (nameof(ContainerSettingsArgs.SecurityContext), container => container.SecurityContext = new SecurityContextArgs { RunAsUser = 999 }, "securityContext", """{ "runAsUser": 999 }"""),
        (nameof(ContainerSettingsArgs.LivenessProbe), container => container.LivenessProbe = Probe(), "livenessProbe", """{ "tcpSocket": { "port": 9 }, "periodSeconds": 9 }"""),
        (nameof(ContainerSettingsArgs.ReadinessProbe), container => container.ReadinessProbe = Probe(), "readinessProbe", """{ "tcpSocket": { "port": 9 }, "periodSeconds": 9 }"""),
        (nameof(ContainerSettingsArgs.StartupProbe), container => container.StartupProbe = Probe(), "startupProbe", """{ "tcpSocket": { "port": 9 }, "periodSeconds": 9 }"""),
    ];

    public static TheoryData<string, int> Pods => Rows(OfPods.Length);

    public static TheoryData<string, int> Containers => Rows(OfContainers.Length);

    [Fact]
    public void Every_setting_has_a_row()
    {
        Assert.Equal(Names<PodSettingsArgs>().Except([nameof(PodSettingsArgs.Containers)]), OfPods.Select(row => row.Name));
        Assert.Equal(Names<ContainerSettingsArgs>(), OfContainers.Select(row => row.Name));
    }

    [Theory]
    [MemberData(nameof(Pods))]
    public async Task A_setting_of_pods_arrives_in_one_place(string workload, int row)
    {
        var pod = new PodSettingsArgs();
        OfPods[row].Set(pod);
        // Whatever differs within a security context: a user's takes the place of the workload's as a whole.
        Assert.Equal(OfPods[row].Paths.Select(path => $"StatefulSet db {path}"), (await ChangesAsync(workload, pod)).Select(path => WithinContext().Replace(path, "")).Distinct());
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public async Task A_setting_of_a_container_arrives_in_that_container_alone(string workload, int row)
    {
        var (_, set, path, json) = OfContainers[row];
        var before = await RunAsync(workload, null);
        foreach (var (list, name) in ContainersOf(workload))
        {
            var settings = new ContainerSettingsArgs();
            set(settings);
            var after = await RunAsync(workload, new PodSettingsArgs { Containers = new() { [name] = settings } });
            var arrived = Json.Item(after.Only("StatefulSet")["spec"]!["template"]!["spec"]![list], name)[path];
            Json.Equal(json, arrived is JsonArray added ? added[^1] : arrived);
            Assert.All(await GraphDifference.BetweenAsync(before, after), changed => Assert.StartsWith($"StatefulSet db {Pod}.{list}[{name}].{path}", changed, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Pods_keep_apart_over_hosts_and_zones_as_well_as_it_goes()
    {
        var engine = await RunAsync("workload", null);
        Json.Equal(
            """
            [
              {
                "maxSkew": 1, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": { "matchLabels": { "app": "db", "app.kubernetes.io/name": "db", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "server" } }
              },
              {
                "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": { "matchLabels": { "app": "db", "app.kubernetes.io/name": "db", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "server" } }
              }
            ]
            """,
            engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!["topologySpreadConstraints"]);
    }

    [Fact]
    public async Task A_pod_that_says_how_it_is_spread_gets_no_default()
    {
        var args = SmallWorkload.Args();
        args.Spec.TopologySpreadConstraints = [new TopologySpreadConstraintArgs { MaxSkew = 2, TopologyKey = "rack", WhenUnsatisfiable = "DoNotSchedule" }];
        var engine = await RunAsync(() => new OrderedWorkload("db", args));
        Json.Equal(
            """[{ "maxSkew": 2, "topologyKey": "rack", "whenUnsatisfiable": "DoNotSchedule" }]""",
            engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!["topologySpreadConstraints"]);
    }

    [Fact]
    public async Task What_the_pod_itself_asks_for_stays_beside_the_settings()
    {
        var args = SmallWorkload.Args();
        args.Spec.NodeSelector = new() { ["disk"] = "ssd", ["zone"] = "a" };
        args.Spec.Tolerations = [new TolerationArgs { Key = "first" }];
        args.Spec.Volumes = [new VolumeArgs { Name = "own" }];
        args.Spec.ImagePullSecrets = [new LocalObjectReferenceArgs { Name = "own" }];
        args.Spec.PriorityClassName = "low";
        args.Pod = new PodSettingsArgs
        {
            NodeSelector = new() { ["zone"] = "b" },
            Tolerations = [new TolerationArgs { Key = "second" }],
            Volumes = [new VolumeArgs { Name = "extra" }],
            ImagePullSecrets = [new LocalObjectReferenceArgs { Name = "extra" }],
            PriorityClassName = "high",
        };
        var pod = (await RunAsync(() => new OrderedWorkload("db", args))).Only("StatefulSet")["spec"]!["template"]!["spec"]!;
        Json.Equal("""{ "disk": "ssd", "zone": "b" }""", pod["nodeSelector"]);
        Json.Equal("""[{ "key": "first" }, { "key": "second" }]""", pod["tolerations"]);
        Json.Equal("""[{ "name": "own" }, { "name": "extra" }]""", pod["volumes"]);
        Json.Equal("""[{ "name": "own" }, { "name": "extra" }]""", pod["imagePullSecrets"]);
        Assert.Equal("high", pod["priorityClassName"]!.GetValue<string>());
    }

    /// <summary>One pod, and one set of settings, may serve several workloads.</summary>
    [Fact]
    public async Task What_a_user_hands_over_stays_as_it_was()
    {
        var args = SmallWorkload.Args();
        args.Pod = new PodSettingsArgs
        {
            Tolerations = [new TolerationArgs { Key = "dedicated" }],
            Containers = new() { ["main"] = new() { Env = [new EnvVarArgs { Name = "TZ", Value = "UTC" }] } },
        };
        var engine = await RunAsync(() =>
        {
            _ = new OrderedWorkload("db", args);
            return new OrderedWorkload("other", args);
        });
        Assert.All(engine.All("StatefulSet"), set =>
        {
            Assert.Single(set["spec"]!["template"]!["spec"]!["tolerations"]!.AsArray());
            Assert.Single(Json.Item(set["spec"]!["template"]!["spec"]!["containers"], "main")["env"]!.AsArray());
        });
    }

    [Fact]
    public async Task What_the_hatch_adds_it_adds_to_one_workload()
    {
        var args = SmallWorkload.Args();
        args.Spec.Volumes = [new VolumeArgs { Name = "own" }];
        args.Pod = new PodSettingsArgs
        {
            Customize = pod =>
            {
                pod.Containers.Add(new ContainerArgs { Name = "exporter" });
                pod.InitContainers.Add(new ContainerArgs { Name = "before" });
                pod.Volumes.Add(new VolumeArgs { Name = "more" });
                return pod;
            },
        };
        var engine = await RunAsync(() =>
        {
            _ = new OrderedWorkload("db", args);
            return new OrderedWorkload("other", args);
        });
        Assert.All(engine.All("StatefulSet").Select(set => set["spec"]!["template"]!["spec"]!), pod =>
        {
            Assert.Equal(["main", "exporter"], Json.Names(pod["containers"]));
            Assert.Equal(["first", "before"], Json.Names(pod["initContainers"]));
            Assert.Equal(["own", "more"], Json.Names(pod["volumes"]));
        });
    }

    [Fact]
    public async Task A_hatch_that_returns_nothing_is_named()
    {
        var refused = await Assert.ThrowsAsync<RunException>(() => RunAsync("mysql", new PodSettingsArgs { Customize = _ => null! }));
        Assert.Contains("Pod.Customize: it returned no pod; it returns the one to run", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Lists that come from another resource are waited for, and not taken for empty ones.</summary>
    [Fact]
    public async Task Lists_that_come_late_are_what_they_say()
    {
        var args = SmallWorkload.Args();
        var (init, spread) = (args.Spec.InitContainers, new TopologySpreadConstraintArgs { MaxSkew = 2, TopologyKey = "rack", WhenUnsatisfiable = "DoNotSchedule" });
        args.Spec.InitContainers = Later(1).Apply(_ => (Output<System.Collections.Immutable.ImmutableArray<ContainerArgs>>)init);
        args.Spec.TopologySpreadConstraints = Later(1).Apply(_ => System.Collections.Immutable.ImmutableArray.Create(spread));
        args.Pod = new PodSettingsArgs { Containers = new() { ["first"] = new() { Env = [new EnvVarArgs { Name = "TZ", Value = "UTC" }] } } };
        var pod = (await RunAsync(() => new OrderedWorkload("db", args))).Only("StatefulSet")["spec"]!["template"]!["spec"]!;
        Json.Equal("""[{ "name": "TZ", "value": "UTC" }]""", Json.Item(pod["initContainers"], "first")["env"]);
        Json.Equal("""[{ "maxSkew": 2, "topologyKey": "rack", "whenUnsatisfiable": "DoNotSchedule" }]""", pod["topologySpreadConstraints"]);
    }

    [Fact]
    public async Task The_hatch_sees_the_finished_pod_once()
    {
        var seen = new List<PodSpecArgs>();
        var engine = await RunAsync("mysql", new PodSettingsArgs
        {
            PriorityClassName = "high",
            Customize = spec =>
            {
                seen.Add(spec);
                return new PodSpecArgs { Containers = spec.Containers, PriorityClassName = spec.PriorityClassName };
            },
        });
        Assert.NotNull(Assert.Single(seen).PriorityClassName);
        var pod = engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!.AsObject();
        Assert.Equal(["containers", "priorityClassName"], pod.Select(pair => pair.Key).Order(StringComparer.Ordinal));
    }

    /// <summary>The SDK's own way to change what a component makes: no hatch of ours is in its way.</summary>
    [Fact]
    public async Task A_transformation_of_a_user_adds_a_label_and_a_toleration()
    {
        ResourceTransformation transformation = made =>
        {
            if (made.Args is global::Pulumi.Kubernetes.Types.Inputs.Apps.V1.StatefulSetArgs set)
            {
                set.Metadata = set.Metadata.Apply(meta => { meta.Labels.Add("team", "shop"); return meta; });
                set.Spec = set.Spec.Apply(spec => spec.Template.Apply(template => template.Spec.Apply(pod => { pod.Tolerations.Add(new TolerationArgs { Key = "dedicated" }); return spec; })));
            }

            return new ResourceTransformationResult(made.Args, made.Options);
        };
        var plain = await RunAsync("mysql", null);
        var engine = await RunAsync(() => new MySqlCluster("db", new MySqlClusterArgs(), new ComponentResourceOptions { ResourceTransformations = { transformation } }));
        Assert.Equal(["StatefulSet db metadata.labels.team", $"StatefulSet db {Pod}.tolerations[0]"], await GraphDifference.BetweenAsync(plain, engine));
    }

    [GeneratedRegex("(?<=\\.securityContext)\\..*")]
    private static partial Regex WithinContext();

    private static Output<T> Later<T>(T value) => Output.Create(Task.Delay(1).ContinueWith(_ => value, TaskScheduler.Default));

    private static ProbeArgs Probe() => new() { TcpSocket = new TCPSocketActionArgs { Port = 9 }, PeriodSeconds = 9 };

    private static IEnumerable<string> Names<T>() => typeof(T).GetProperties().Select(property => property.Name);

    private static TheoryData<string, int> Rows(int count)
    {
        var rows = new TheoryData<string, int>();
        foreach (var workload in new[] { "mysql", "web", "workload" })
        {
            for (var row = 0; row < count; row++)
            {
                rows.Add(workload, row);
            }
        }

        return rows;
    }

    private static IEnumerable<(string List, string Name)> ContainersOf(string workload) => workload switch
    {
        "mysql" => [("initContainers", "init-mysql"), ("initContainers", "clone-mysql"), ("containers", "mysql"), ("containers", "replication")],
        "web" => [("containers", "nginx")],
        _ => [("initContainers", "first"), ("containers", "main")],
    };

    private static async Task<IReadOnlyList<string>> ChangesAsync(string workload, PodSettingsArgs pod) =>
        await GraphDifference.BetweenAsync(await RunAsync(workload, null), await RunAsync(workload, pod));

    private static Task<Engine> RunAsync(string workload, PodSettingsArgs? pod) => RunAsync(() => workload switch
    {
        "mysql" => new MySqlCluster("db", new MySqlClusterArgs { Pod = pod }),
        "web" => new WebCluster("db", new WebClusterArgs { Pod = pod }),
        _ => Workload(pod),
    });

    private static OrderedWorkload Workload(PodSettingsArgs? pod)
    {
        var args = SmallWorkload.Args();
        args.Pod = pod;
        return new OrderedWorkload("db", args);
    }

    private static async Task<Engine> RunAsync(Func<Resource> make)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { make(); });
        return engine;
    }
}
