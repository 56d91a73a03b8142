using Lab.Manifests;
using Xunit;

namespace Tests.Lab.Cluster;

/// <summary>A system shaped like MySQL's: init containers, claims with subPath, configuration, credentials, a sidecar, two Services.</summary>
[Trait("level", "lab")]
public class OrderedSystemTests
{
    private const string PodSpec = """
        {"terminationGracePeriodSeconds": 5,
         "initContainers": [
          {"name": "first", "image": "localhost/statefulset/nginx:1.9.1", "command": ["sh", "-c", "test -d /mnt/data && cp /mnt/config/* /mnt/conf/ && echo one >> /mnt/conf/steps"],
           "volumeMounts": [{"name": "data", "mountPath": "/mnt/data"}, {"name": "config", "mountPath": "/mnt/config"}, {"name": "conf", "mountPath": "/mnt/conf"}]},
          {"name": "second", "image": "localhost/statefulset/nginx:1.9.1", "command": ["sh", "-c", "echo two >> /mnt/conf/steps; echo start >> /data/starts"],
           "volumeMounts": [{"name": "data", "mountPath": "/data", "subPath": "inner"}, {"name": "conf", "mountPath": "/mnt/conf"}]}],
         "containers": [
          {"name": "main", "image": "localhost/statefulset/nginx:1.9.1", "command": ["sh", "-c", "touch /tmp/ready; trap 'exit 0' TERM; while :; do sleep 0.2; done"],
           "env": [{"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "credentials", "key": "password"}}},
                   {"name": "NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
                   {"name": "GREETING", "value": "I am $(NAME)"}],
           "volumeMounts": [{"name": "data", "mountPath": "/data", "subPath": "inner"}, {"name": "conf", "mountPath": "/etc/conf"},
                            {"name": "credentials", "mountPath": "/mnt/credentials"}],
           "readinessProbe": {"exec": {"command": ["test", "-e", "/tmp/ready"]}, "periodSeconds": 1, "failureThreshold": 1}},
          {"name": "sidecar", "image": "localhost/statefulset/nginx:1.9.1", "command": ["sleep", "infinity"]}],
         "volumes": [{"name": "conf", "emptyDir": {"medium": "Memory"}}, {"name": "config", "configMap": {"name": "config", "items": [{"key": "a.cnf", "path": "a.cnf"}]}},
                     {"name": "credentials", "secret": {"secretName": "credentials", "defaultMode": 256}}]}
        """;

    [SkippableFact]
    public async Task Comes_up_with_its_configuration_credentials_and_claims()
    {
        await using var lab = RunningLab.Start();

        await lab.ApplyAsync(Db(2));

        Assert.Equal("one\ntwo", await lab.ExecAsync("db-1", "cat", "/etc/conf/steps"));
        Assert.Equal("x = 1", await lab.ExecAsync("db-1", "cat", "/etc/conf/a.cnf"));
        Assert.Equal("hunter2 I am db-1", await lab.ExecAsync("db-1", "sh", "-c", "echo $PASSWORD $GREETING"));
        Assert.Equal("400 hunter2", await lab.ExecAsync("db-1", "sh", "-c", "echo $(stat -Lc %a /mnt/credentials/password) $(cat /mnt/credentials/password)"));
        Assert.Equal(["data-db-0", "data-db-1"], (await lab.Cluster.ClaimsAsync()).Select(claim => claim.Name).Order());
        var addresses = lab.Cluster.State.Pods.Select(pod => pod.Address).Order();
        Assert.Equal(addresses, (await lab.Cluster.ResolveAsync("db-read")).Order());
        Assert.Equal(addresses, (await lab.Cluster.ResolveAsync("db")).Order());
    }

    [SkippableFact]
    public async Task A_deleted_pod_returns_with_its_name_and_claim_at_a_new_address()
    {
        await using var lab = RunningLab.Start();
        await lab.ApplyAsync(Db(2));
        var before = lab.Cluster.Pod("db-1");

        lab.Cluster.DeletePod("db-1");
        await lab.UntilAsync("db-1 is back", () => lab.Cluster.FindPod("db-1") is { IsHealthy: true } pod && pod.Uid != before.Uid);

        Assert.NotEqual(before.Address, lab.Cluster.Pod("db-1").Address);
        Assert.Equal([lab.Cluster.Pod("db-1").Address], await lab.Cluster.ResolveAsync("db-1.db"));
        Assert.Equal("start\nstart", await lab.ExecAsync("db-1", "cat", "/data/starts"));
    }

    [SkippableFact]
    public async Task A_pod_that_is_not_ready_leaves_the_read_service_only()
    {
        await using var lab = RunningLab.Start();
        await lab.ApplyAsync(Db(2));
        var pods = lab.Cluster.State.Pods;

        await lab.ExecAsync("db-1", "rm", "/tmp/ready");
        await lab.UntilAsync("db-1 is unready", () => !lab.Cluster.Pod("db-1").Ready);

        await lab.UntilAsync("it has left the read Service", () => lab.Cluster.ResolveAsync("db-read").Result is [var only] && only == pods[0].Address, 2);
        Assert.Equal([pods[1].Address], await lab.Cluster.ResolveAsync("db-1.db"));
        Assert.StartsWith("Readiness probe failed", lab.Cluster.Pod("db-1").Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Manifest> Db(int replicas) =>
    [
        SampleManifests.ConfigMap("config", "a.cnf", "x = 1\n"),
        SampleManifests.Secret("credentials", "password", "hunter2"),
        SampleManifests.Service("db", "db", headless: true, publishNotReady: true),
        SampleManifests.Service("db-read", "db", headless: false),
        SampleManifests.Set("db", "db", replicas, PodSpec, claim: true),
    ];
}
