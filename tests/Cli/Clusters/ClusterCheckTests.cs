using Cli.Clusters;
using Cli.Evaluation;
using k8s.Models;
using Lab.Manifests;
using Tests.Cli.Meaning;
using Xunit;

namespace Tests.Cli.Clusters;

/// <summary>What stands in the way of a stack in a cluster, which no preview sees.</summary>
[Collection("deployment")]
public sealed class ClusterCheckTests : IDisposable
{
    private const string Labels = """{ "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/instance": "db" }""";

    private const string Default = """[{ "name": "db", "replicas": 1 }]""";

    private readonly FakeApiServer server = new();

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task A_cluster_with_the_namespace_and_a_default_class_has_nothing_in_the_way()
    {
        WithNamespace("default").WithClasses(("standard", true));
        Assert.Empty(await FoundAsync(Default));
    }

    [Fact]
    public async Task A_namespace_that_is_missing_is_named_once_with_what_makes_it()
    {
        WithNamespace("default").WithClasses(("standard", true));
        Assert.Equal(
            ["namespace shop: it is missing, and the objects in it cannot be made: kubectl create namespace shop, or createNamespace: true of one system in it"],
            await FoundAsync("""[{ "name": "db", "namespace": "shop" }]"""));
        Assert.Empty(await FoundAsync("""[{ "name": "db", "namespace": "shop", "createNamespace": true }]"""));
    }

    [Fact]
    public async Task A_namespace_that_another_has_made_is_not_the_stacks_to_make()
    {
        WithNamespace("shop", "kubectl-create").WithClasses(("standard", true));
        Assert.Equal(
            ["Namespace shop: it is there already, and another made it; leave createNamespace out"],
            await FoundAsync("""[{ "name": "db", "namespace": "shop", "createNamespace": true }]"""));
    }

    [Theory]
    [InlineData("", "it names no storage class, and none is the cluster's default; its claims would wait for ever. storageClass names one; there are: fast, slow")]
    [InlineData(""", "storageClass": "gp3" """, "there is no storage class gp3; its claims would wait for ever; there are: fast, slow")]
    [InlineData(""", "storageClass": "slow" """, null)]
    public async Task A_storage_class_that_is_not_there_is_named(string setting, string? sentence)
    {
        WithNamespace("default").WithClasses(("slow", false), ("fast", false));
        Assert.Equal(sentence is null ? [] : [$"StatefulSet default/db: {sentence}"], await FoundAsync($$"""[{ "name": "db"{{setting}} }]"""));
    }

    /// <summary>Whoever makes claims: a claim of the stack's own, a Job whose pods bring theirs, a set whose pods do.</summary>
    [Fact]
    public async Task Every_claim_of_a_backup_asks_for_a_class_that_is_there()
    {
        const string System = """[{ "name": "db", "replicas": 1, "backup": { "store": { "storage": "5Gi", "storageClass": "cold" }, "workStorageClass": "work", "archive": { "storageClass": "logs" } } }]""";
        WithNamespace("default").WithClasses(("standard", true));
        Assert.Equal(
            [
                "PersistentVolumeClaim default/db-backups: there is no storage class cold; it would wait for ever; there are: standard",
                "StatefulSet default/db-archive: there is no storage class logs; its claims would wait for ever; there are: standard",
                "CronJob default/db-backup: there is no storage class work; its claims would wait for ever; there are: standard",
            ],
            await FoundAsync(System));
        server.With("/api/v1/namespaces/default/persistentvolumeclaims/db-backups", new V1PersistentVolumeClaim
        {
            Metadata = new V1ObjectMeta { Name = "db-backups", Labels = new Dictionary<string, string> { ["app.kubernetes.io/managed-by"] = "pulumi", ["app.kubernetes.io/instance"] = "db" } },
        });
        Assert.Equal(["StatefulSet default/db-archive", "CronJob default/db-backup"], (await FoundAsync(System)).Select(one => one.Split(": ")[0]));
    }

    /// <summary>What pods name and the stack does not make: their own Secrets, a claim for backups, a priority.</summary>
    [Fact]
    public async Task What_pods_wait_for_and_nobody_makes_is_named()
    {
        // Passwords that a program names, and a priority, are no settings of a stack file.
        var system = (await ClusterWith.ObjectsAsync("""[{ "name": "db", "replicas": 1, "tls": { "secret": "certificates" }, "backup": { "store": { "claim": "cold" } } }]"""))
            .Where(one => one.Kind != "Secret").Select(one => one.Kind == "StatefulSet" ? Sets.With(one, "spec.template.spec.priorityClassName", "\"high\"") : one).ToList();
        WithNamespace("default").WithClasses(("standard", true));
        Assert.Equal(
            [
                "Secret default/db-credentials: it is not there, and the stack does not make it; the pods of StatefulSet db and CronJob db-backup would wait for it: make it first",
                "Secret default/certificates: it is not there, and the stack does not make it; the pods of StatefulSet db and CronJob db-backup would wait for it: make it first",
                "PersistentVolumeClaim default/cold: it is not there, and the stack does not make it; the pods of CronJob db-backup would wait for it: make it first",
                "PriorityClass high: it is not there, and the API server takes no pod that names it: those of StatefulSet db would never be made",
            ],
            await FoundAsync(system));
        server.With("/api/v1/namespaces/default/secrets/db-credentials", new V1Secret { Metadata = new V1ObjectMeta { Name = "db-credentials" } });
        server.With("/api/v1/namespaces/default/secrets/certificates", new V1Secret { Metadata = new V1ObjectMeta { Name = "certificates" } });
        server.With("/api/v1/namespaces/default/persistentvolumeclaims/cold", new V1PersistentVolumeClaim { Metadata = new V1ObjectMeta { Name = "cold" } });
        server.With("/apis/scheduling.k8s.io/v1/priorityclasses/high", new V1PriorityClass { Metadata = new V1ObjectMeta { Name = "high" }, Value = 1 });
        Assert.Empty(await FoundAsync(system));
    }

    /// <summary>What others make without being asked, what pods do without, and what one may not look at.</summary>
    [Fact]
    public async Task What_need_not_be_made_first_is_not_asked_for()
    {
        WithNamespace("default").WithClasses(("standard", true));
        server.Refusing("/api/v1/namespaces/default/secrets/hidden").Refusing("/apis/scheduling.k8s.io/v1/priorityclasses/hidden");
        var pod = Manifest.Parse("""
            { "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "look", "labels": { "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/instance": "db" } },
              "spec": { "template": { "spec": {
                "serviceAccountName": "default", "priorityClassName": "system-cluster-critical", "imagePullSecrets": [{ "name": "registry" }],
                "volumes": [{ "name": "a", "configMap": { "name": "kube-root-ca.crt" } }, { "name": "b", "persistentVolumeClaim": { "claimName": "data-db-0" } }, { "name": "c", "secret": { "secretName": "hidden" } }] } } } }
            """);
        // A set of another program has no claims that are objects of their own.
        var system = (await ClusterWith.ObjectsAsync(Default)).Where(one => one.Kind != "PersistentVolumeClaim");
        Assert.Empty(await FoundAsync([.. system, pod, Sets.With(Sets.Rename(pod, "other"), "spec.template.spec.priorityClassName", "\"hidden\"")]));
        Assert.Equal(["PersistentVolumeClaim default/data-db-0"], (await FoundAsync([pod])).Select(one => one.Split(": ")[0]));
    }

    [Fact]
    public async Task A_Secret_that_a_certificate_is_written_into_is_nobodys_to_make_first()
    {
        WithNamespace("default").WithClasses(("standard", true));
        server.WithText("/apis/cert-manager.io/v1", """{ "resources": [{ "name": "certificates", "kind": "Certificate" }] }""");
        Assert.Empty(await FoundAsync("""[{ "name": "db", "replicas": 1, "tls": { "issuer": { "name": "company" } } }]"""));
    }

    /// <summary>One that is tied to a volume may get what is on that.</summary>
    [Theory]
    [InlineData(null, ", or delete it, as nothing is on it")]
    [InlineData("pvc-1", "")]
    public async Task A_claim_that_waits_for_its_volume_keeps_the_size_that_it_asks_for(string? volume, string way)
    {
        WithNamespace("default").WithClasses(("fast", true));
        server.With("/api/v1/namespaces/default/persistentvolumeclaims/data-db-0", new V1PersistentVolumeClaim
        {
            Metadata = new V1ObjectMeta { Name = "data-db-0", Labels = new Dictionary<string, string> { ["app.kubernetes.io/instance"] = "db" } },
            Spec = new V1PersistentVolumeClaimSpec
            {
                StorageClassName = "fast",
                VolumeName = volume,
                AccessModes = ["ReadWriteOnce"],
                Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new("10Gi") } },
            },
            Status = new V1PersistentVolumeClaimStatus { Phase = "Pending" },
        });
        Assert.Empty(await FoundAsync("""[{ "name": "db", "replicas": 1, "storage": "10Gi", "storageClass": "fast" }]"""));
        foreach (var other in (string[])["5Gi", "20Gi"])
        {
            Assert.Equal(
                [$"PersistentVolumeClaim default/data-db-0: it waits for its volume and asks for 10Gi, which it changes only when it has one; storage: 10Gi keeps it{way}"],
                await FoundAsync($$"""[{ "name": "db", "replicas": 1, "storage": "{{other}}", "storageClass": "fast" }]"""));
        }
    }

    [Theory]
    [InlineData("pulumi", "db", "pulumi-kubernetes-1a2b", null)]
    [InlineData("pulumi", "other", "pulumi-kubernetes-1a2b", "it is there already and belongs to the system other, which pulumi manages; choose another name, or delete it")]
    [InlineData("Helm", "db", "helm", "it is there already and belongs to the system db, which Helm manages; choose another name, or delete it")]
    [InlineData("pulumi", "db", "kubectl-client-side-apply", "it is there already with this system's labels, and kubectl-client-side-apply made it, not Pulumi; delete it, or import it into the stack")]
    [InlineData(null, null, "kubectl-create", "it is there already and belongs to no system of this program; kubectl-create made it; choose another name, or delete it")]
    public async Task An_object_that_is_another_s_is_named_with_its_owner(string? managedBy, string? instance, string manager, string? sentence)
    {
        WithNamespace("default").WithClasses(("standard", true));
        var labels = new Dictionary<string, string?> { ["app.kubernetes.io/managed-by"] = managedBy, ["app.kubernetes.io/instance"] = instance };
        server.With("/api/v1/namespaces/default/services/db-read", new V1Service
        {
            Metadata = new V1ObjectMeta
            {
                Name = "db-read",
                Labels = labels.Where(label => label.Value is not null).ToDictionary(label => label.Key, label => label.Value!),
                ManagedFields = [new V1ManagedFieldsEntry { Manager = manager }, new V1ManagedFieldsEntry { Manager = "kube-controller-manager" }],
            },
        });
        Assert.Equal(sentence is null ? [] : [$"Service default/db-read: {sentence}"], await FoundAsync(Default));
    }

    /// <summary>The first deployment takes it over, which a preview does not hold against the cluster.</summary>
    [Theory]
    [InlineData("db", "10Gi", "10Gi", "fast", "ReadWriteOnce", null)]
    [InlineData("db", "20Gi", "10Gi", "fast", "ReadWriteOnce", null)]
    [InlineData("db", "10Gi", "10Gi", "rigid", "ReadWriteOnce", "it asks for 10Gi, and cannot grow to 20Gi: its storage class rigid lets no claim grow (allowVolumeExpansion); storage: 10Gi keeps it", "rigid")]
    [InlineData("db", "20Gi", "20Gi", "rigid", "ReadWriteOnce", null, "rigid")]
    [InlineData("db", "10Gi", "10Gi", "gone", "ReadWriteOnce", "it asks for 10Gi, and cannot grow to 20Gi: its storage class gone is not there any more, and only one of a class grows; storage: 10Gi keeps it", null)]
    [InlineData("db", "10Gi", "10Gi", "", "ReadWriteOnce", "it asks for 10Gi, and cannot grow to 20Gi: it is of no storage class, and only one of a class grows; storage: 10Gi keeps it", null)]
    [InlineData("db", "30Gi", "30Gi", "fast", "ReadWriteOnce", "it has 30Gi already, and a claim never shrinks to 20Gi; storage: 30Gi keeps it")]
    [InlineData("db", "40Gi", "20Gi", "fast", "ReadWriteOnce", "it asks for 40Gi and has 20Gi, and goes back to a size above that only; storage: 40Gi, or less that is more than 20Gi")]
    [InlineData("db", "40Gi", "10Gi", "fast", "ReadWriteOnce", null)]
    [InlineData("db", "30Gi", null, "fast", "ReadWriteOnce", "it has 30Gi already, and a claim never shrinks to 20Gi; storage: 30Gi keeps it")]
    [InlineData("db", "10Gi", "10Gi", "slow", "ReadWriteOnce", "it is of storage class slow, and keeps it; storageClass: slow, or a system of another name on volumes of fast")]
    [InlineData("db", "10Gi", "10Gi", "fast", "ReadWriteOncePod", "its access mode is ReadWriteOncePod, and it keeps it; accessMode: ReadWriteOncePod, or a system of another name")]
    [InlineData("shop", "10Gi", "10Gi", "fast", "ReadWriteOnce", "it is there already, and was not made for the system db, which would take it over with what is on it; choose another name for the system, or label the claim app.kubernetes.io/instance=db")]
    public async Task A_claim_that_is_there_is_taken_over_as_far_as_it_can_be(string instance, string asked, string? has, string storageClass, string mode, string? sentence, string? asks = "fast")
    {
        WithNamespace("default").WithClasses(("fast", true), ("rigid", false));
        server.With("/api/v1/namespaces/default/persistentvolumeclaims/data-db-0", new V1PersistentVolumeClaim
        {
            Metadata = new V1ObjectMeta { Name = "data-db-0", Labels = new Dictionary<string, string> { ["app.kubernetes.io/instance"] = instance } },
            Spec = new V1PersistentVolumeClaimSpec
            {
                StorageClassName = storageClass,
                AccessModes = [mode],
                Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(asked) } },
            },
            Status = new V1PersistentVolumeClaimStatus { Capacity = has is null ? null : new Dictionary<string, ResourceQuantity> { ["storage"] = new(has) } },
        });
        Assert.Equal(sentence is null ? [] : [$"PersistentVolumeClaim default/data-db-0: {sentence}"], await FoundAsync($$"""[{ "name": "db", "replicas": 1, "storage": "20Gi"{{(asks is null ? string.Empty : $", \"storageClass\": \"{asks}\"")}} }]"""));
    }

    /// <summary>A question at a guessed address would be answered with nothing, which is no answer.</summary>
    [Theory]
    [InlineData("v1", "LimitRange")]
    [InlineData("batch/v2", "Tomorrow")]
    [InlineData("networking.k8s.io/v1", "Ingress")]
    public async Task A_kind_that_nobody_looks_for_is_named(string apiVersion, string kind)
    {
        WithNamespace("default");
        var found = await FoundAsync([Manifest.Parse($$"""{ "apiVersion": "{{apiVersion}}", "kind": "{{kind}}", "metadata": { "name": "edge" } }""")]);
        Assert.Equal([$"{kind} default/edge: this kind is not looked for in the cluster, so that nobody knows whether it is there already"], found);
    }

    /// <summary>Where the cluster knows the kind, it is looked for by the name that the cluster has for it.</summary>
    [Theory]
    [InlineData(null, "the cluster does not know the kind Certificate of cert-manager.io/v1: what brings it, an operator with its CustomResourceDefinitions, comes first")]
    [InlineData("Issuer", "the cluster does not know the kind Certificate of cert-manager.io/v1: what brings it, an operator with its CustomResourceDefinitions, comes first")]
    [InlineData("Certificate", "it is there already and belongs to no system of this program; choose another name, or delete it")]
    public async Task A_kind_that_the_cluster_has_to_be_taught_first_is_named(string? known, string sentence)
    {
        WithNamespace("default");
        if (known is not null)
        {
            server.WithText("/apis/cert-manager.io/v1", $$"""{ "resources": [{ "name": "certificata/status", "kind": "{{known}}" }, { "name": "certificata", "kind": "{{known}}" }] }""");
        }

        server.WithText("/apis/cert-manager.io/v1/namespaces/default/certificata/edge", """{ "apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": { "name": "edge" }, "spec": {} }""");
        var found = await FoundAsync([Manifest.Parse("""{ "apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": { "name": "edge" } }""")]);
        Assert.Equal([$"Certificate default/edge: {sentence}"], found);
    }

    [Fact]
    public async Task A_kind_is_named_beside_the_namespace_that_is_missing()
    {
        var found = await FoundAsync([Manifest.Parse("""{ "apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": { "name": "edge", "namespace": "shop" } }""")]);
        Assert.Equal(["namespace shop", "Certificate shop/edge"], found.Select(one => one.Split(": ")[0]));
    }

    /// <summary>It is compared in all that it says.</summary>
    [Fact]
    public async Task A_custom_resource_that_is_the_systems_own_is_there_as_a_whole()
    {
        WithNamespace("default");
        server.WithText("/apis/cert-manager.io/v1", """{ "resources": [{ "name": "certificates", "kind": "Certificate" }] }""");
        server.WithText("/apis/cert-manager.io/v1/namespaces/default/certificates/db", $$"""{ "apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": { "name": "db", "labels": {{Labels}} }, "spec": { "secretName": "db-tls" } }""");
        using var connection = ClusterConnection.Open(server.Kubeconfig, null, TimeSpan.FromSeconds(60));
        var look = await new ClusterCheck(connection).LookAsync([Manifest.Parse($$"""{ "apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": { "name": "db", "labels": {{Labels}} } }""")]);
        Assert.Empty(look.Obstacles);
        var (wanted, there) = Assert.Single(look.There);
        Assert.Equal("""{"secretName":"db-tls"}""", ClusterObject.AsManifest(there, wanted.ApiVersion, wanted.Kind).Body["spec"]!.ToJsonString());
    }

    private ClusterCheckTests WithNamespace(string name, string manager = "pulumi-kubernetes")
    {
        server.With($"/api/v1/namespaces/{name}", new V1Namespace { Metadata = new V1ObjectMeta { Name = name, ManagedFields = [new V1ManagedFieldsEntry { Manager = manager }] } });
        return this;
    }

    private void WithClasses(params IEnumerable<(string Name, bool IsDefault)> classes) => server.With("/apis/storage.k8s.io/v1/storageclasses", new V1StorageClassList
    {
        Items = [.. classes.Select(one => new V1StorageClass
        {
            Provisioner = "none",
            AllowVolumeExpansion = one.Name != "rigid",
            Metadata = new V1ObjectMeta { Name = one.Name, Annotations = new Dictionary<string, string> { ["storageclass.kubernetes.io/is-default-class"] = one.IsDefault ? "true" : "false" } },
        })],
    });

    private async Task<IEnumerable<string>> FoundAsync(string mysql)
    {
        var engine = new Engine();
        await engine.RunStackAsync(new Dictionary<string, string> { ["mysql"] = mysql });
        return await FoundAsync((await StackObjects.OfAsync(engine.Recorder)).All);
    }

    private async Task<IEnumerable<string>> FoundAsync(IReadOnlyList<Manifest> objects)
    {
        using var connection = ClusterConnection.Open(server.Kubeconfig, null, TimeSpan.FromSeconds(60));
        var look = await new ClusterCheck(connection).LookAsync(objects);
        return look.Obstacles.Select(one => $"{one.Subject}: {one.Sentence}");
    }
}
