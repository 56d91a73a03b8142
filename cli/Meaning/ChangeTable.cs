using System.Text;

namespace Cli.Meaning;

/// <summary>
/// What a change of a field means, by kind and field. The first row that covers a field holds; a field of a kind without a row, and any field of a kind that
/// stands in no row, is unknown.
/// </summary>
internal static class ChangeTable
{
    private const string Forced = "Kubernetes provider 4.32: provider/pkg/provider/diff.go, forceNew";
    private const string Identity = "Kubernetes provider 4.32: provider/pkg/provider/diff.go, metadataForceNewProperties";
    private const string SetApi = "Kubernetes 1.36 API reference, StatefulSetSpec";
    private const string SetConcept = "Kubernetes documentation, StatefulSets";
    private const string PodApi = "Kubernetes 1.36 API reference, PodSpec: the defaults of fields that are left out";
    private const string ServiceApi = "Kubernetes 1.36 API reference, ServiceSpec";
    private const string Mounting = "Kubernetes documentation, Volumes: Using subPath";
    private const string MountsSay = "pods roll; a claim that is mounted elsewhere, or no longer, leaves its program EMPTY beside its data";
    private const string Issued = "cert-manager documentation, Certificate resource";
    private const string Operator = "Prometheus Operator documentation, API reference";
    private const string Seen = "seen with provider 4.32 on Kubernetes 1.36";

    /// <summary>The kinds that are known, with the groups that they belong to: a kind of the same name in another group is another kind.</summary>
    public static IReadOnlyDictionary<string, string> Groups { get; } = new Dictionary<string, string>
    {
        ["StatefulSet"] = "apps",
        ["Deployment"] = "apps",
        ["DaemonSet"] = "apps",
        ["Job"] = "batch",
        ["CronJob"] = "batch",
        ["Pod"] = "",
        ["Service"] = "",
        ["ConfigMap"] = "",
        ["Secret"] = "",
        ["Namespace"] = "",
        ["PersistentVolumeClaim"] = "",
        ["PersistentVolume"] = "",
        ["ServiceAccount"] = "",
        ["ResourceQuota"] = "",
        ["LimitRange"] = "",
        ["PodDisruptionBudget"] = "policy",
        ["NetworkPolicy"] = "networking.k8s.io",
        ["Ingress"] = "networking.k8s.io",
        ["HorizontalPodAutoscaler"] = "autoscaling",
        ["Role"] = "rbac.authorization.k8s.io",
        ["ClusterRole"] = "rbac.authorization.k8s.io",
        ["RoleBinding"] = "rbac.authorization.k8s.io",
        ["ClusterRoleBinding"] = "rbac.authorization.k8s.io",
        ["StorageClass"] = "storage.k8s.io",
        ["Certificate"] = "cert-manager.io",
        ["PodMonitor"] = "monitoring.coreos.com",
        ["PrometheusRule"] = "monitoring.coreos.com",
    };

    /// <summary>The rows.</summary>
    public static IReadOnlyList<ChangeRule> All { get; } =
    [
        new("StatefulSet", "spec.serviceName", Tier.Replaced, "the set is deleted and made again; a pod has its new DNS name once it has restarted", Forced) { Replaces = true, Judge = SetMeaning.ServiceName },
        new("StatefulSet", "spec.selector.**", Tier.Replaced, "the set is deleted and made again, and adopts only pods that have the labels it asks for: label them first", Forced) { Replaces = true, Judge = SetMeaning.Selector },
        new("StatefulSet", "spec.podManagementPolicy", Tier.Replaced, "the set is deleted and made again; under Parallel pods no longer wait for each other", Forced) { Replaces = true, Judge = SetMeaning.Policy },
        new("StatefulSet", "spec.revisionHistoryLimit", Tier.Replaced, "the set is deleted and made again", Forced) { Replaces = true, Judge = SetMeaning.Replacement },
        new("StatefulSet", "spec.volumeClaimTemplates[*].spec.resources.requests.storage", Tier.Replaced, "the set is deleted and made again; claims that are there grow before that where they are objects of their own, as those of this program, and keep their size otherwise; smaller is refused", $"{Forced}; {Seen}") { Replaces = true, Judge = SetMeaning.Storage },
        new("StatefulSet", "spec.volumeClaimTemplates[*].metadata.**", Tier.Replaced, "the set is deleted and made again; claims that are there get the labels too where they are objects of their own, and stay as they are otherwise", Forced) { Replaces = true, Judge = SetMeaning.Claim },
        new("StatefulSet", "spec.volumeClaimTemplates[*].spec.**", Tier.Replaced, "the set is deleted and made again; claims that are there keep what they have. Refused where they are objects of their own, as those of this program", $"{Forced}; {Seen}") { Replaces = true, Judge = SetMeaning.Claim },
        new("StatefulSet", "spec.volumeClaimTemplates.**", Tier.DataAtRisk, "the set is deleted and made again; a claim of another name is empty, and one that is no longer named is not mounted", Forced) { Replaces = true, Judge = SetMeaning.ClaimTemplates },
        new("StatefulSet", "spec.replicas", Tier.DataAtRisk, "pods are added or taken away at the end; claims stay. At risk where one copy is left", SetConcept) { Judge = SetMeaning.Replicas },
        new("StatefulSet", "spec.ordinals.start", Tier.DataAtRisk, "pods are numbered anew: those below the first number stop, and with them a primary at 0", SetApi) { Judge = SetMeaning.Ordinals },
        new("StatefulSet", "spec.persistentVolumeClaimRetentionPolicy.*", Tier.DataAtRisk, "Delete: claims, and the data in them, go with their pods or their set", SetApi) { Judge = SetMeaning.Retention },
        new("StatefulSet", "spec.updateStrategy.**", Tier.PodsRoll, "how later changes reach the pods, and whether those take an earlier one that were kept from it; with a partition, and without the annotation pulumi.com/waitFor, pulumi waits until its time is over", $"{SetApi}; {Seen}") { Judge = SetMeaning.Strategy },
        new("StatefulSet", "spec.minReadySeconds", Tier.NothingRestarts, "how long a pod is ready before the next one follows", SetApi),
        new("StatefulSet", "metadata.annotations[\"pulumi.com/deletionPropagationPolicy\"]", Tier.NothingRestarts, "whether pods outlive the set from the next deployment on", Seen) { Judge = SetMeaning.PropagationPolicy },
        new("StatefulSet", "spec.template.spec.containers[*].image", Tier.DataAtRisk, "pods roll; a server's version may go one series up where there is a backup, never down, nor across two", SetConcept) { Judge = SetMeaning.Image },
        new("StatefulSet", "spec.template.spec.containers[*]", Tier.DataAtRisk, "a container comes or goes: pods roll; a cluster seeded in another way is another server", SetConcept) { Judge = SetMeaning.Container },
        new("StatefulSet", "spec.template.spec.containers", Tier.DataAtRisk, "pods roll; in another order, containers start in another", SetConcept) { Judge = SetMeaning.Containers },
        new("StatefulSet", "spec.template.spec.volumes[*].configMap.name", Tier.DataAtRisk, "pods roll; options of a server in it have a table of their own", SetConcept) { Judge = SetMeaning.Configuration },
        .. Judged("StatefulSet", Tier.DataAtRisk, MountsSay, Mounting, SetMeaning.Mounts, "containers[*].volumeMounts.**", "containers[*].volumeDevices.**", "initContainers[*].volumeMounts.**", "volumes.**"),
        .. Judged("StatefulSet", Tier.DataAtRisk, "pods roll; what a program is told may say where it keeps its data. Options of a MySQL server have a table of their own", SetConcept, SetMeaning.Told, [.. Telling]),
        .. SetMeaning.Defaults.Select(field => new ChangeRule("StatefulSet", $"spec.template.spec.{field.Field}", Tier.PodsRoll, $"pods roll, unless {field.Value} is only said aloud or left out: it is the default", PodApi) { Judge = context => SetMeaning.Default(context, field.Value) }),
        new("StatefulSet", "spec.template.**", Tier.PodsRoll, "pods roll from the highest ordinal down, the primary last", SetConcept) { Judge = SetMeaning.Template },

        new("Deployment", "spec.selector.**", Tier.Replaced, "the Deployment is deleted and made again: all its pods stop at once", Forced) { Replaces = true },
        .. Judged("Deployment", Tier.DataAtRisk, MountsSay, Mounting, OtherMeaning.Mounts, "containers[*]", "containers[*].volumeMounts.**", "containers[*].volumeDevices.**", "initContainers[*].volumeMounts.**", "volumes.**"),
        .. Judged("Deployment", Tier.Unknown, "pods are replaced; what a program with a claim is told may say where it keeps its data", "Kubernetes documentation, Deployments", OtherMeaning.Told, [.. Telling]),
        new("Deployment", "spec.template.**", Tier.PodsRoll, "pods are replaced by new ones, as its strategy says", "Kubernetes documentation, Deployments"),
        new("Deployment", "spec.replicas", Tier.Removed, "how many pods there are; with none nobody serves", "Kubernetes documentation, Deployments") { Judge = OtherMeaning.Replicas },
        new("Deployment", "spec.**", Tier.NothingRestarts, "how later changes reach them", "Kubernetes documentation, Deployments"),
        new("DaemonSet", "spec.selector.**", Tier.Replaced, "the DaemonSet is deleted and made again: all its pods stop at once", Forced) { Replaces = true },
        new("DaemonSet", "spec.template.**", Tier.PodsRoll, "pods are replaced by new ones, node by node", "Kubernetes documentation, DaemonSet"),
        new("DaemonSet", "spec.**", Tier.NothingRestarts, "how later changes reach the pods", "Kubernetes documentation, DaemonSet"),
        .. Fields("Job", Tier.Replaced, RestoreMeaning.RunsAgain, "spec.completions", "spec.parallelism", "spec.selector.**", "spec.template.**").Select(row => row with { Judge = RestoreMeaning.Again }),
        new("CronJob", "spec.jobTemplate.**", Tier.Unknown, "from its next run on; of backups it is told when fewer are kept, or they are kept elsewhere", "Kubernetes documentation, CronJob") { Judge = RestoreMeaning.Backups },
        new("CronJob", "spec.**", Tier.NothingRestarts, RestoreMeaning.NextRun, "Kubernetes documentation, CronJob"),
        .. Fields(
            "Pod", Tier.Replaced, "the pod is deleted and made again",
            [.. new[] { "affinity", "automountServiceAccountToken", "dnsConfig", "dnsPolicy", "enableServiceLinks", "hostAliases", "hostIPC", "hostNetwork", "hostPID", "hostname", "imagePullSecrets", "nodeName", "nodeSelector",
                "overhead", "preemptionPolicy", "priority", "priorityClassName", "readinessGates", "restartPolicy", "runtimeClassName", "schedulerName", "securityContext", "serviceAccount", "serviceAccountName", "shareProcessNamespace",
                "subdomain", "terminationGracePeriodSeconds", "volumes", "containers", "initContainers" }.Select(field => $"spec.{field}.**")]),

        new("PersistentVolumeClaim", "spec.resources.requests.storage", Tier.DataAtRisk, "a larger claim grows where its storage class allows it; a smaller one is refused", "Kubernetes documentation, Persistent Volumes: Expanding") { Judge = ClaimMeaning.Size },
        .. Fields("PersistentVolumeClaim", Tier.DataAtRisk, ClaimMeaning.Replaced, "spec.accessModes.**", "spec.selector.**", "spec.storageClassName", "spec.volumeName").Select(row => row with { Judge = ClaimMeaning.Fixed }),
        .. Fields("PersistentVolume", Tier.DataAtRisk, "the volume is deleted and made again under the claims that are bound to it",
            [.. new[] { "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "flocker", "gcePersistentDisk", "glusterfs", "hostPath", "iscsi", "local", "nfs", "photonPersistentDisk", "portworxVolume",
                "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume" }.Select(field => $"spec.{field}.**")]),
        new("PersistentVolume", "spec.persistentVolumeReclaimPolicy", Tier.DataAtRisk, "Delete: the data go when the claim does", "Kubernetes documentation, Persistent Volumes: Reclaiming") { Judge = OtherMeaning.Reclaim },

        new("Service", "spec.clusterIP", Tier.Replaced, "the Service is deleted and made again: its name leads nowhere for a moment, and to another address then; connections that are open go on", Forced) { Replaces = true },
        new("Service", "spec.selector.**", Tier.NothingRestarts, "clients are led to other pods, from their next connection on", ServiceApi),
        new("Service", "spec.type", Tier.Removed, "an address from outside comes, or is given up; without one, clients outside do not get in any more", ServiceApi) { Judge = OtherMeaning.Reached },
        new("Service", "spec.ports.**", Tier.NothingRestarts, "clients reach it by other ports, from their next connection on", ServiceApi),
        new("Service", "spec.publishNotReadyAddresses", Tier.NothingRestarts, "whether pods that are not ready have names", ServiceApi),
        new("Service", "spec.loadBalancerClass", Tier.Unknown, "it cannot be changed while the type stays, and the API server may refuse it", ServiceApi),
        .. new[] { "spec.clusterIPs.**", "spec.healthCheckNodePort" }.Select(field => new ChangeRule("Service", field, Tier.Unknown, "the API server refuses it", ServiceApi)),
        new("Service", "spec.**", Tier.NothingRestarts, "the Service is changed in place", ServiceApi),

        new("ConfigMap", "data.**", Tier.DataAtRisk, "the ConfigMap is deleted and made again (under a hashed name: made before pods roll); pods that mount it run on and see it in about a minute, or at their next start", Forced) { Replaces = true, Judge = OtherMeaning.Configuration },
        new("ConfigMap", "binaryData.**", Tier.NothingRestarts, "the ConfigMap is deleted and made again; pods that mount it run on and see it in about a minute, or at their next start", Forced) { Replaces = true },
        new("ConfigMap", "immutable", Tier.Unknown, "whether its content may change; the API server refuses to take it back", "Kubernetes 1.36 API reference, ConfigMap") { Judge = OtherMeaning.Immutable },
        .. Fields("Secret", Tier.NothingRestarts, "the Secret is deleted and made again; pods that mount it run on and see it in about a minute, or at their next start", "data.**", "stringData.**", "type"),
        new("Secret", "immutable", Tier.Unknown, "whether its content may change; the API server refuses to take it back", "Kubernetes 1.36 API reference, Secret") { Judge = OtherMeaning.Immutable },

        .. Fields("RoleBinding", Tier.NothingRestarts, "the binding is deleted and made again: for a moment nobody has its rights", "roleRef.**"),
        .. Fields("ClusterRoleBinding", Tier.NothingRestarts, "the binding is deleted and made again: for a moment nobody has its rights", "roleRef.**"),
        .. InPlace("who may do what, from now on", "Kubernetes documentation, Using RBAC Authorization", ("RoleBinding", "subjects.**"), ("ClusterRoleBinding", "subjects.**"), ("Role", "rules.**"), ("ClusterRole", "rules.**")),
        .. Fields("StorageClass", Tier.NothingRestarts, "the class is deleted and made again; volumes that are there stay as they are", "parameters.**", "provisioner"),
        new("StorageClass", "allowVolumeExpansion", Tier.NothingRestarts, "whether claims may grow", "Kubernetes documentation, Storage Classes"),
        .. Fields("ResourceQuota", Tier.NothingRestarts, "the quota is deleted and made again; pods that run stay", "spec.scopes.**"),
        .. InPlace("pods that are made from now on", "Kubernetes documentation, Resource Quotas and Limit Ranges", ("ResourceQuota", "spec.**"), ("LimitRange", "spec.**")),
        .. InPlace("how many pods may be evicted at a time", "Kubernetes documentation, Disruptions", ("PodDisruptionBudget", "spec.**")),
        .. InPlace("who may connect to whom, at once", "Kubernetes documentation, Network Policies", ("NetworkPolicy", "spec.**")),
        .. InPlace("how clients from outside come in", "Kubernetes documentation, Ingress", ("Ingress", "spec.**")),
        .. InPlace("how many pods there may be", "Kubernetes documentation, Horizontal Pod Autoscaling", ("HorizontalPodAutoscaler", "spec.**")),
        .. InPlace("with which rights pods start from now on", "Kubernetes documentation, Service Accounts", ("ServiceAccount", "automountServiceAccountToken"), ("ServiceAccount", "imagePullSecrets.**"), ("ServiceAccount", "secrets.**")),

        new("Certificate", "spec.issuerRef.**", Tier.NothingRestarts, "another authority signs it: servers take both over without a restart, and a connection of replication that breaks meanwhile comes back when all pods have them; clients that verify servers have to trust it first", Issued),
        new("Certificate", "spec.secretName", Tier.NothingRestarts, "it is written into another Secret; the one before it is renewed no more, and stays, unless cert-manager runs with --enable-certificate-owner-ref", Issued),
        new("Certificate", "spec.dnsNames.**", Tier.Removed, "it is issued anew, and servers take it over without a restart; who verifies them by a name that goes is refused", Issued) { Judge = OtherMeaning.Names },
        new("Certificate", "spec.**", Tier.NothingRestarts, "it is issued anew, and servers take it over without a restart", Issued),
        .. InPlace("what is collected, and how often", Operator, ("PodMonitor", "spec.**")),
        .. InPlace("which alerts there are", Operator, ("PrometheusRule", "spec.**")),

        new("*", "metadata.name", Tier.Replaced, "the object is made under another name, and the one before it is removed", Identity) { Replaces = true },
        new("*", "metadata.namespace", Tier.Replaced, "the object is made in another namespace, and the one before it is removed", Identity) { Replaces = true },
        new("*", "metadata.labels.**", Tier.NothingRestarts, "labels of the object itself, not of its pods", "Kubernetes documentation, Labels and Selectors"),
        new("*", "metadata.annotations.**", Tier.NothingRestarts, "annotations of the object itself, not of its pods; a controller that reads them may act", "Kubernetes documentation, Annotations"),
    ];

    /// <summary>The row about a field of a kind; nothing where there is none.</summary>
    public static ChangeRule? Find(string kind, string apiVersion, FieldPath path) =>
        IsKnown(kind, apiVersion) ? All.FirstOrDefault(row => row.Covers(kind, path)) : null;

    /// <summary>Whether a kind is one of those that the table is about. An object that names no API is taken at its kind.</summary>
    public static bool IsKnown(string kind, string apiVersion) =>
        Groups.TryGetValue(kind, out var group) && (apiVersion.Length == 0 || (apiVersion.Split('/') is [var named, _] ? named : string.Empty) == group);

    /// <summary>The table as documentation shows it.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("| kind | field | at the gravest | what it means | source |\n|---|---|---|---|---|\n");
        foreach (var same in All.GroupBy(row => (row.Kind, row.Tier, row.Says, row.Source)))
        {
            text.Append($"| {(same.Key.Kind == "*" ? "any of these" : same.Key.Kind)} | {string.Join(", ", same.Select(row => $"`{row.Field}`"))} | {same.Key.Tier.Word()} | {same.Key.Says} | {same.Key.Source} |\n");
        }

        return text.ToString();
    }

    /// <summary>The table of server options as documentation shows it.</summary>
    public static string OptionsMarkdown()
    {
        var text = new StringBuilder("| option | set to | at the gravest | what it means | source |\n|---|---|---|---|---|\n");
        foreach (var same in ServerOptionTable.All.GroupBy(row => (row.Tier, row.Value, row.Says, row.Source)))
        {
            text.Append($"| {string.Join(", ", same.Select(row => $"`{row.Option}`"))} | {(same.Key.Value.Length == 0 ? "anything" : same.Key.Value)} | {same.Key.Tier.Word()} | {same.Key.Says ?? "it is taken at the restart"} | {same.Key.Source} |\n");
        }

        return text.ToString();
    }

    /// <summary>Fields of a container in which its program is told what to do.</summary>
    private static IEnumerable<string> Telling => ["containers[*].args.**", "containers[*].command.**", "containers[*].env.**", "containers[*].envFrom.**", "containers[*].workingDir"];

    /// <summary>Fields of pods that are judged in one way.</summary>
    private static IEnumerable<ChangeRule> Judged(string kind, Tier tier, string says, string source, Func<ChangeContext, IEnumerable<Finding>> judge, params string[] fields) =>
        fields.Select(field => new ChangeRule(kind, $"spec.template.spec.{field}", tier, says, source) { Judge = judge });

    /// <summary>Fields that the provider replaces an object for.</summary>
    private static IEnumerable<ChangeRule> Fields(string kind, Tier tier, string says, params string[] fields) =>
        fields.Select(field => new ChangeRule(kind, field, tier, says, Forced) { Replaces = true });

    private static IEnumerable<ChangeRule> InPlace(string says, string source, params (string Kind, string Field)[] fields) =>
        fields.Select(field => new ChangeRule(field.Kind, field.Field, Tier.NothingRestarts, says, source));
}
