using Cli.Clusters;
using Cli.Status;
using k8s.Models;
using Lab.Commands;
using Tests.Cli.Clusters;
using Xunit;

namespace Tests.Cli.Status;

/// <summary>What <c>./dev status --context</c> shows of a real cluster, here one within the test.</summary>
public sealed class ClusterStatusTests : IDisposable
{
    private const string Primary = "role=primary\nserver_id=100\nsource_host=\nlag_seconds=\nsemi_sync=fallen-back\nready=yes\nreason=\n";
    private const string Replica = "role=replica\nserver_id=101\nsource_host=shop-0.shop\nlag_seconds=3\nsemi_sync=\nready=no\nreason=it lags\n";
    private const string Disk = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sdb 10255636 3487916 6751336 35% /var/lib/mysql\n";

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 7, 30, 0, TimeSpan.Zero);

    private readonly FakeApiServer server = new();

    public ClusterStatusTests()
    {
        server
            .With("/apis/apps/v1/statefulsets", new V1StatefulSetList { Items = [Set("shop", "databases", 3), Set("pages", "web", 1)] })
            .With("/api/v1/pods", new V1PodList { Items = [Pod("shop-1", "databases", "shop", ready: false, restarts: 2), Pod("shop-0", "databases", "shop", ready: true), Pages(), OfJob("shop-backup-run-x4k2p-8hj7d", "shop-backup-run-x4k2p")] })
            .With("/api/v1/persistentvolumeclaims", new V1PersistentVolumeClaimList { Items = [Claim("data-shop-0", "10Gi"), Claim("data-shop-1", null)] })
            .With("/apis/policy/v1/poddisruptionbudgets", new V1PodDisruptionBudgetList { Items = [Budget("shop", "shop"), Budget("other", "other")] })
            .With("/apis/batch/v1/cronjobs", new V1CronJobList { Items = [Backups("shop", lastGood: Now.AddHours(-5))] })
            .With("/apis/batch/v1/jobs", new V1JobList { Items = [Job("shop-backup-29751150", began: -1, failed: true), Job("shop-backup-run-x4k2p", began: -0.5, failed: null), Job("shop-look-4jd8s", began: -0.1, failed: true), Job("shop-backup-look-2f9xk", began: -0.1, failed: false, system: "shop-backup")] });
        server.Exec = (pod, command) => command switch
        {
            "bash /mnt/scripts/status.sh" => (0, pod == "shop-0" ? Primary : Replica),
            "df -P /var/lib/mysql" => pod == "shop-0" ? (0, Disk) : (1, ""),
            _ => (127, ""),
        };
    }

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task The_table_is_the_labs_with_namespaces_sizes_and_what_is_missing() => Assert.Equal(
        [
            "NAMESPACE  POD      ROLE     READY  SERVER-ID  ADDRESS    FOLLOWS      LAG  CLAIM                          RESTARTS  WHY NOT READY",
            "databases  shop-0   primary  yes    100        10.0.0.10  -            -    data-shop-0 (10Gi, 35 % full)  0",
            "databases  shop-1   replica  no     101        10.0.0.11  shop-0.shop  3 s  data-shop-1 (?, ? % full)      2         it lags",
            "databases  shop-2   -        no     -          -          -            -    -                              0         it is not there",
            "web        pages-0  -        yes    -          10.0.0.20  -            -    -                              0",
            "shop-0: semi-sync has fallen back: a client hears that its transaction is done before any replica has it",
            "budget shop: one more pod may be evicted; 2 ready, 1 needed",
            "backups of shop: the newest good one is 5 h old; shop-backup-29751150 failed after it, and the last line of its log says why; shop-backup-run-x4k2p makes one now",
            "pages-0: no StatefulSet is in charge of it, as after pulumi destroy, which leaves pods running",
        ],
        await LinesAsync());

    /// <summary>It has no server that could be asked.</summary>
    [Theory]
    [InlineData(true, "shop-archive-0  archive  yes    -          10.0.0.10  -            -    -                              0")]
    [InlineData(false, "shop-archive-0  archive  no     -          10.0.0.10  -            -    -                              0         its probe has not succeeded yet")]
    public async Task The_archive_is_a_line_of_its_own(bool ready, string line)
    {
        server.With("/apis/apps/v1/statefulsets", new V1StatefulSetList { Items = [Set("shop", "databases", 3), Set("shop-archive", "databases", 1)] });
        server.With("/api/v1/pods", new V1PodList { Items = [Pod("shop-1", "databases", "shop", ready: false), Pod("shop-0", "databases", "shop", ready: true), Archive(ready)] });
        Assert.Contains(line, await LinesAsync());
    }

    [Fact]
    public async Task What_one_may_not_do_stands_in_the_cell()
    {
        server.Exec = (_, _) => null;
        server.Refusing("/api/v1/persistentvolumeclaims").Refusing("/apis/policy/v1/poddisruptionbudgets").Refusing("/apis/batch/v1/cronjobs").Refusing("/apis/batch/v1/jobs");
        var lines = (await LinesAsync()).ToList();
        Assert.StartsWith("databases  shop-0   no right to exec  yes    -          10.0.0.10  -        -    data-shop-0 (?, ? % full)", lines[1], StringComparison.Ordinal);
        Assert.Contains("claims are not shown: no right to list them", lines);
        Assert.Contains("disruption budgets are not shown: no right to list them", lines);
        Assert.Contains("backups are not shown: no right to list them", lines);
        Assert.Contains("failed backups are not shown: no right to list them", lines);
    }

    [Fact]
    public async Task A_server_that_is_not_reached_is_no_code_in_the_cell()
    {
        (server.Exec, server.NoExec) = ((_, _) => null, 500);
        var lines = (await LinesAsync()).ToList();
        Assert.StartsWith("databases  shop-0   it cannot be asked now  yes", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("  nothing can be run in it: has it just ended, or is its node NotReady? kubectl get node node-1", lines[2], StringComparison.Ordinal);
    }

    /// <summary>A seeding that waits for a person says so in its log alone.</summary>
    [Theory]
    [InlineData("2026-11-28T19:24:57Z clone-mysql.sh: shop-1.shop does not exist now (10 s so far)\n", "clone-mysql: shop-1.shop does not exist now (10 s so far)")]
    [InlineData("a line of another program\n", "clone-mysql: a line of another program")]
    [InlineData("", "clone-mysql is at work")]
    [InlineData(null, "clone-mysql is at work")]
    public async Task An_init_container_that_runs_has_its_last_word(string? log, string why)
    {
        var pod = Pod("shop-1", "databases", "shop", ready: false);
        // Those after it wait for it.
        var (running, waiting) = (new V1ContainerState { Running = new V1ContainerStateRunning() }, new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = "PodInitializing" } });
        pod.Status.InitContainerStatuses = [.. new[] { ("clone-mysql", running), ("later", waiting) }.Select(one => new V1ContainerStatus { Name = one.Item1, Image = "mysql", ImageID = "", State = one.Item2 })];
        pod.Status.ContainerStatuses[0].State = waiting;
        server.With("/api/v1/pods", new V1PodList { Items = [pod] });
        if (log is not null)
        {
            server.WithText("/api/v1/namespaces/databases/pods/shop-1/log", log);
        }

        Assert.EndsWith($" {why}", (await LinesAsync()).Single(line => line.Contains(" shop-1 ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    /// <summary>An init container that is restarted always, such as a mesh's proxy, runs beside the others.</summary>
    [Fact]
    public async Task A_container_that_runs_beside_the_others_holds_nobody_up()
    {
        var pod = Pod("shop-1", "databases", "shop", ready: false);
        pod.Spec.InitContainers = [new V1Container { Name = "proxy", RestartPolicy = "Always" }];
        pod.Status.InitContainerStatuses = [new V1ContainerStatus { Name = "proxy", Image = "proxy", ImageID = "", State = new V1ContainerState { Running = new V1ContainerStateRunning() } }];
        pod.Status.ContainerStatuses[0].State = new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = "CrashLoopBackOff" } };
        server.With("/api/v1/pods", new V1PodList { Items = [pod] });
        Assert.EndsWith(" mysql: CrashLoopBackOff", (await LinesAsync()).Single(line => line.Contains(" shop-1 ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_namespace_is_asked_for_alone()
    {
        server
            .With("/apis/apps/v1/namespaces/web/statefulsets", new V1StatefulSetList { Items = [] })
            .With("/api/v1/namespaces/web/pods", new V1PodList { Items = [Pages()] })
            .With("/api/v1/namespaces/web/persistentvolumeclaims", new V1PersistentVolumeClaimList { Items = [] })
            .With("/apis/policy/v1/namespaces/web/poddisruptionbudgets", new V1PodDisruptionBudgetList { Items = [] })
            .With("/apis/batch/v1/namespaces/web/cronjobs", new V1CronJobList { Items = [] })
            .With("/apis/batch/v1/namespaces/web/jobs", new V1JobList { Items = [] });
        Assert.Equal(["pages-0"], (await ReadAsync("web")).Pods.Select(pod => pod.Pod));
    }

    [Fact]
    public async Task Who_may_not_look_everywhere_is_told_to_name_a_namespace()
    {
        server.Refusing("/api/v1/pods");
        var refused = await Assert.ThrowsAsync<CommandException>(() => ReadAsync(null));
        Assert.Equal((1, "context here may not look into all namespaces, and -n NAMESPACE names one: somebody cannot do this"), (refused.ExitCode, refused.Message));
    }

    [Fact]
    public async Task Programs_read_the_same_facts()
    {
        using var connection = ClusterConnection.Open(server.Kubeconfig, null, TimeSpan.FromSeconds(60));
        var source = new ClusterStatus(connection, null);
        var json = System.Text.Json.Nodes.JsonNode.Parse(StatusText.Json(source, await source.ReadAsync(default), indented: false))!;
        Assert.Equal("here", (string?)json["context"]);
        Json.Equal("""[{ "claim": "data-shop-0", "size": "10Gi", "usedPercent": 35 }]""", json["pods"]![0]!["volumes"]);
        Assert.Equal(("shop", "fallen-back", 100), ((string?)json["pods"]![0]!["set"], (string?)json["pods"]![0]!["semiSync"], (int?)json["pods"]![0]!["serverId"]));
        Json.Equal("""[{ "name": "shop", "namespace": "databases", "allowed": 1, "healthy": 2, "needed": 1 }]""", json["budgets"]);
        Json.Equal(
            """[{ "system": "shop", "namespace": "databases", "lastGoodAt": "2026-11-28T02:30:00+00:00", "failed": "shop-backup-29751150", "running": "shop-backup-run-x4k2p", "suspended": false }]""",
            json["backups"]);
    }

    private static V1StatefulSet Set(string name, string place, int replicas) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = place },
        Spec = new V1StatefulSetSpec { Replicas = replicas, Selector = new V1LabelSelector(), Template = new V1PodTemplateSpec(), ServiceName = name },
    };

    private static V1Pod Pod(string name, string place, string set, bool ready, int restarts = 0) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = place,
            Labels = new Dictionary<string, string> { ["app.kubernetes.io/instance"] = set },
            OwnerReferences = [new V1OwnerReference { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = set, Uid = "1", Controller = true }],
        },
        Spec = new V1PodSpec
        {
            NodeName = "node-1",
            Containers = [new V1Container { Name = "mysql", VolumeMounts = [new V1VolumeMount { Name = "data", MountPath = "/var/lib/mysql" }] }],
            Volumes = [new V1Volume { Name = "data", PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = $"data-{name}" } }],
        },
        Status = new V1PodStatus
        {
            PodIP = $"10.0.0.1{name[^1]}",
            Phase = "Running",
            Conditions = [new V1PodCondition { Type = "Ready", Status = ready ? "True" : "False" }],
            ContainerStatuses = [new V1ContainerStatus { Name = "mysql", Image = "mysql", ImageID = "", RestartCount = restarts, Ready = ready, State = new V1ContainerState { Running = new V1ContainerStateRunning() } }],
        },
    };

    private static V1Pod Pages()
    {
        var pod = Pod("pages-0", "web", "pages", ready: true);
        pod.Metadata.OwnerReferences = null;
        pod.Status.PodIP = "10.0.0.20";
        pod.Spec = new V1PodSpec { Containers = [new V1Container { Name = "nginx" }] };
        pod.Status.ContainerStatuses[0].Name = "nginx";
        return pod;
    }

    private static V1Pod Archive(bool ready)
    {
        var pod = Pod("shop-archive-0", "databases", "shop-archive", ready);
        pod.Metadata.Labels["app.kubernetes.io/component"] = "archive";
        pod.Spec = new V1PodSpec { Containers = [new V1Container { Name = "archive" }] };
        pod.Status.ContainerStatuses[0].Name = "archive";
        return pod;
    }

    /// <summary>A pod with a system's labels that no set is to have.</summary>
    private static V1Pod OfJob(string name, string job)
    {
        var pod = Pod(name, "databases", "shop", ready: false);
        pod.Metadata.OwnerReferences = [new V1OwnerReference { ApiVersion = "batch/v1", Kind = "Job", Name = job, Uid = "2", Controller = true }];
        return pod;
    }

    private static V1CronJob Backups(string system, DateTimeOffset lastGood) => new()
    {
        Metadata = new V1ObjectMeta { Name = $"{system}-backup", NamespaceProperty = "databases", Labels = new Dictionary<string, string> { ["app.kubernetes.io/instance"] = system } },
        Spec = new V1CronJobSpec { Schedule = "30 2 * * *", JobTemplate = new V1JobTemplateSpec() },
        Status = new V1CronJobStatus { LastSuccessfulTime = lastGood.UtcDateTime },
    };

    private static V1Job Job(string name, double began, bool? failed, string system = "shop") => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "databases", Labels = new Dictionary<string, string> { ["app.kubernetes.io/instance"] = system } },
        Spec = new V1JobSpec { Template = new V1PodTemplateSpec() },
        Status = new V1JobStatus
        {
            StartTime = Now.AddHours(began).UtcDateTime,
            Conditions = failed is null ? null : [new V1JobCondition { Type = failed.Value ? "Failed" : "Complete", Status = "True", LastTransitionTime = Now.AddHours(began + 0.05).UtcDateTime }],
        },
    };

    private static V1PersistentVolumeClaim Claim(string name, string? size) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "databases" },
        Status = new V1PersistentVolumeClaimStatus { Capacity = size is null ? null : new Dictionary<string, ResourceQuantity> { ["storage"] = new(size) } },
    };

    private static V1PodDisruptionBudget Budget(string name, string instance) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "databases" },
        Spec = new V1PodDisruptionBudgetSpec { Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app.kubernetes.io/instance"] = instance } } },
        Status = new V1PodDisruptionBudgetStatus { DisruptionsAllowed = 1, CurrentHealthy = 2, DesiredHealthy = 1, ExpectedPods = 3 },
    };


    private async Task<StatusReport> ReadAsync(string? place)
    {
        using var connection = ClusterConnection.Open(server.Kubeconfig, null, TimeSpan.FromSeconds(60));
        return await new ClusterStatus(connection, place).ReadAsync(default);
    }

    private async Task<IEnumerable<string>> LinesAsync() => StatusText.Lines(await ReadAsync(null), Now);
}
