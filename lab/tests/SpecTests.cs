using System.Text.Json.Nodes;
using k8s.Models;
using Lab.Images;
using Lab.Manifests;
using Lab.Pods;
using Lab.Specs;
using Xunit;

namespace Lab.Tests;

public class SpecTests
{
    [Theory]
    [InlineData("500m", 0.5)]
    [InlineData("1Gi", 1073741824)]
    [InlineData("2", 2)]
    [InlineData("1.5k", 1500)]
    [InlineData("1Pi", 1125899906842624)]
    [InlineData("3e2", 300)]
    public void Quantities_are_read(string text, double value) => Assert.Equal(value, Quantity(text).ToDouble());

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("2", 2)]
    [InlineData("2.0", 2)]
    public void Quantities_may_be_numbers(string json, double value) => Assert.Equal(value, SpecJson.Read<ResourceQuantity>(JsonNode.Parse(json), "cpu").ToDouble());

    [Theory]
    [InlineData("")]
    [InlineData("1GB")]
    [InlineData("Gi")]
    [InlineData("1,5")]
    [InlineData("1 Gi")]
    [InlineData(" 1Gi")]
    [InlineData("12e")]
    public void What_is_no_quantity_is_refused(string text) => Assert.Equal(
        "memory cannot be read: a quantity such as 500m or 1Gi is wanted.", Assert.Throws<ClusterException>(() => Quantity(text)).Message);

    [Fact]
    public void The_revision_follows_the_template_and_nothing_else()
    {
        var one = Revision("""{"spec": {"containers": [{"name": "a", "image": "b"}]}}""", 1);

        Assert.Equal(one, Revision("""{"spec": {"containers": [{"image": "b", "name": "a"}]}}""", 3));
        Assert.NotEqual(one, Revision("""{"spec": {"containers": [{"name": "a", "image": "c"}]}}""", 1));
        // As ever: another form of the hash would roll all pods that run.
        Assert.Equal("f17ea68089", one);
        Assert.NotEqual(one, Revision("""{"spec": {"containers": [{"name": "a", "image": "b", "env": []}], "terminationGracePeriodSeconds": 30}}""", 1));
    }

    [Fact]
    public void Whole_numbers_may_have_a_fraction_of_zero() =>
        Assert.Equal(3306, SpecJson.Read<V1ContainerPort>(JsonNode.Parse("""{"containerPort": 3306.0}"""), "port").ContainerPort);

    [Fact]
    public void A_kind_that_the_lab_cannot_run_is_named() => Assert.Equal(
        "The lab cannot run DaemonSet x: it knows StatefulSet, Service, ConfigMap, Secret, PersistentVolumeClaim, Job and CronJob.",
        Assert.Throws<ClusterException>(() => DesiredCluster.Read([Manifest.Parse("""{"kind": "DaemonSet", "metadata": {"name": "x"}}""")])).Message);

    [Fact]
    public void A_kind_without_effect_is_noted() =>
        Assert.Equal(["Namespace x has no effect in the lab"], DesiredCluster.Notes([Manifest.Parse("""{"kind": "Namespace", "metadata": {"name": "x"}}""")]));

    /// <summary>Kubernetes' own kinds are in groups without a dot, or of k8s.io.</summary>
    [Theory]
    [InlineData("monitoring.example.com/v1", true)]
    [InlineData("batch/v1", false)]
    [InlineData("networking.k8s.io/v1", false)]
    public void A_kind_that_a_cluster_has_to_be_taught_has_no_effect(string version, bool isTaught)
    {
        var strange = Manifest.Parse($$"""{"apiVersion": "{{version}}", "kind": "Strange", "metadata": {"name": "x"} }""");
        Assert.Equal(isTaught, Record.Exception(() => DesiredCluster.Read([strange])) is null);
        Assert.Equal(isTaught ? ["Strange x has no effect in the lab"] : [], DesiredCluster.Notes([strange]));
    }

    [Fact]
    public void A_policy_and_a_budget_are_accepted_and_said_to_bind_nobody_here()
    {
        IReadOnlyList<Manifest> manifests =
        [
            Manifest.Parse("""{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "db"}, "spec": {"podSelector": {}, "policyTypes": ["Ingress"]}}"""),
            Manifest.Parse("""{"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "db"}, "spec": {"maxUnavailable": 1}}"""),
            SampleManifests.Set("db", "db", 1, """{"containers": [{"name": "db", "image": "a:1"}]}""", claim: false),
        ];

        Assert.Equal("db", DesiredCluster.Read(manifests).Sets.Single().Name);
        Assert.Equal(["NetworkPolicy db has no effect in the lab", "PodDisruptionBudget db has no effect in the lab"], DesiredCluster.Notes(manifests));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_Deployment_has_no_effect_while_it_has_no_pods(int replicas, bool isTaken)
    {
        var deployment = Manifest.Parse($$"""{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "x"}, "spec": {"replicas": {{replicas}}} }""");
        Assert.Equal(isTaken, Record.Exception(() => DesiredCluster.Read([deployment])) is null);
    }

    [Fact]
    public void A_Service_whose_type_says_more_than_the_lab_does_is_noted() => Assert.Equal(
        ["Service x has no address outside the lab, though it is of type LoadBalancer"],
        DesiredCluster.Notes(
        [
            Manifest.Parse("""{"kind": "Service", "metadata": {"name": "x"}, "spec": {"type": "LoadBalancer"}}"""),
            Manifest.Parse("""{"kind": "Service", "metadata": {"name": "y"}, "spec": {}}"""),
        ]));

    [Fact]
    public void What_only_a_scheduler_acts_on_is_read_past_without_a_word()
    {
        IReadOnlyList<Manifest> manifests =
        [
            SampleManifests.Set("etcd", "etcd", 3, """
                {"affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [
                   {"weight": 100, "podAffinityTerm": {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "etcd"}}}}]}},
                 "topologySpreadConstraints": [
                   {"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": {"matchLabels": {"app": "etcd"}}}],
                 "tolerations": [{"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 60}],
                 "nodeSelector": {"kubernetes.io/os": "linux"}, "priorityClassName": "system-cluster-critical", "schedulerName": "default-scheduler",
                 "serviceAccountName": "etcd", "automountServiceAccountToken": false, "enableServiceLinks": false,
                 "containers": [{"name": "etcd", "image": "quay.io/coreos/etcd:v3.5.21"}]}
                """, claim: true),
        ];

        Assert.Equal("etcd", DesiredCluster.Read(manifests).Sets.Single().Template.Spec.Containers.Single().Name);
        Assert.Empty(DesiredCluster.Notes(manifests));
    }

    [Theory]
    [InlineData("$(A)-$(B)", "1-$(B)")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$A", "$A")]
    [InlineData("--name=$(A).db:$(A)", "--name=1.db:1")]
    [InlineData("$$$(A)", "$1")]
    [InlineData("$$$$(A)", "$$(A)")]
    [InlineData("$(A", "$(A")]
    [InlineData("$", "$")]
    [InlineData("$()", "$()")]
    [InlineData("kill $(cat /run/a.pid)", "kill $(cat /run/a.pid)")]
    [InlineData("echo $(echo $$)", "echo $(echo $$)")]
    public void References_in_values_are_expanded(string text, string expanded) =>
        Assert.Equal(expanded, ContainerEnvironment.Expand(text, new Dictionary<string, string> { ["A"] = "1" }));

    [Theory]
    [InlineData("nginx:1.28", "docker.io/library/nginx:1.28")]
    [InlineData("team/db", "docker.io/team/db")]
    [InlineData("quay.io/coreos/etcd:v3.5.21", "quay.io/coreos/etcd:v3.5.21")]
    [InlineData("localhost/mine:1", "localhost/mine:1")]
    public void References_get_their_registry(string reference, string full) => Assert.Equal(full, ImageReference.WithRegistry(reference));

    [Fact]
    public void Two_clones_are_two_instances()
    {
        Assert.NotEqual(LabFolder.Of("/a", "dev", ".lab").Id, LabFolder.Of("/b", "dev", ".lab").Id);
        Assert.Equal(LabFolder.Of("/a", "dev", ".lab"), LabFolder.Of("/a/x/..", "dev", ".lab"));
        Assert.NotEqual(LabFolder.Of("/a", "dev", ".lab").NameOf("default", "x.y"), LabFolder.Of("/a", "dev", ".lab").NameOf("x-y", "z"));
    }

    private static ResourceQuantity Quantity(string text) => SpecJson.Read<ResourceQuantity>(JsonValue.Create(text), "memory");

    private static string Revision(string template, int replicas) => StatefulSetSpec.Read(Manifest.Parse(
        $$"""{"kind": "StatefulSet", "metadata": {"name": "a"}, "spec": {"replicas": {{replicas}}, "template": {{template}} } }""")).Revision;
}
