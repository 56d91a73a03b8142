using Infra.Arguments;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;

namespace Infra.Web;

/// <summary>
/// What a <see cref="WebCluster"/> is made of; everything has a default. A plain type shapes the graph, or how long Pulumi waits for it; every other value
/// may be an output.
/// </summary>
public sealed class WebClusterArgs : ResourceArgs
{
    /// <summary>The StatefulSet's name. Default: the component's name.</summary>
    [Input("name")]
    public string? Name { get; set; }

    /// <summary>
    /// The headless Service's name. Default: the StatefulSet's name. It is also the pods' label <c>app</c>, by which they are selected: before it is changed,
    /// running pods want the new label, or the StatefulSet's successor cannot adopt them.
    /// </summary>
    [Input("service")]
    public string? Service { get; set; }

    /// <summary>The namespace. Default: the provider's.</summary>
    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    /// <summary>
    /// The cluster's DNS domain, with which the hosts among the outputs end, such as <c>cluster.local</c>. Default: none; they end in <c>.svc</c>, and every
    /// pod's resolver adds the domain.
    /// </summary>
    [Input("domain")]
    public Input<string>? Domain { get; set; }

    /// <summary>How many servers run, at least 1. Default: 2.</summary>
    [Input("replicas")]
    public int? Replicas { get; set; }

    /// <summary>The server's image. Default: <c>nginx:1.28</c>.</summary>
    [Input("image")]
    public Input<string>? Image { get; set; }

    /// <summary>When the node pulls the image: Always, IfNotPresent or Never. Default: the cluster's.</summary>
    [Input("imagePullPolicy")]
    public Input<string>? ImagePullPolicy { get; set; }

    /// <summary>The size of a volume for every server's pages, a quantity such as <c>1Gi</c>. Default: no volume, the image's own pages.</summary>
    [Input("storage")]
    public Input<string>? Storage { get; set; }

    /// <summary>The storage class of that volume. Default: the cluster's.</summary>
    [Input("storageClass")]
    public Input<string>? StorageClass { get; set; }

    /// <summary>
    /// Who may mount the volumes, where there are some: <c>ReadWriteOnce</c>, pods of one node at a time, or <c>ReadWriteOncePod</c>, one pod at a time, where the volumes' driver knows
    /// it. Default: <c>ReadWriteOnce</c>. It is for new claims; those that are there keep theirs.
    /// </summary>
    [Input("accessMode")]
    public Input<string>? AccessMode { get; set; }

    /// <summary>The processor time that a server asks for, a quantity. Default: 50m, a twentieth of a core.</summary>
    [Input("cpu")]
    public Input<string>? Cpu { get; set; }

    /// <summary>The memory that a server asks for, a quantity. Default: 64Mi.</summary>
    [Input("memory")]
    public Input<string>? Memory { get; set; }

    /// <summary>The processor time that a server gets at most, a quantity. Default: none, as a limit only slows a server down on a node that is idle.</summary>
    [Input("cpuLimit")]
    public Input<string>? CpuLimit { get; set; }

    /// <summary>The memory with which a server is killed, a quantity. Default: none.</summary>
    [Input("memoryLimit")]
    public Input<string>? MemoryLimit { get; set; }

    /// <summary>
    /// Who may reach the servers, and whom they may reach. Default: every pod of the namespace reaches port 80, and the servers reach each other, and DNS.
    /// </summary>
    [Input("network")]
    public NetworkArgs? Network { get; set; }

    /// <summary>
    /// Whether a PodDisruptionBudget has nodes drained one server at a time. Default: true. Kubernetes evicts no pod that two budgets select: switch it off
    /// where there is one of your own.
    /// </summary>
    [Input("disruptionBudget")]
    public bool? DisruptionBudget { get; set; }

    /// <summary>How a changed template reaches the servers. Default: all of them follow, one by one from the highest ordinal.</summary>
    [Input("update")]
    public RollingUpdateArgs? Update { get; set; }

    /// <summary>
    /// How long a deployment waits for all servers to be ready, in minutes. Default: 10, another 5 for each server, and each one's
    /// <see cref="RollingUpdateArgs.MinReadySeconds"/>.
    /// </summary>
    [Input("timeoutMinutes")]
    public int? TimeoutMinutes { get; set; }

    /// <summary>Where and how the pods run; their container is called nginx. Default: spread softly over hosts and zones.</summary>
    [Input("pod")]
    public PodSettingsArgs? Pod { get; set; }

    /// <summary>Everything that is wrong with the arguments; nothing is registered while there is something.</summary>
    /// <param name="name">The component's name, which stands in for <see cref="Name"/>.</param>
    public IReadOnlyList<ArgumentProblem> Problems(string name)
    {
        var replicas = Replicas ?? WebDefaults.Replicas;
        return new ArgumentChecks()
            .Add(nameof(Replicas), OrderedWorkloadArgs.ReplicasProblem(replicas, "a web system has at least 1 server"))
            .Add(nameof(Name), ResourceName.SetProblem(Name ?? name, replicas))
            .Add(nameof(Service), Service is null ? null : ResourceName.ServiceProblem(Service))
            .Value(nameof(Namespace), Namespace, ResourceName.NamespaceProblem)
            .Value(nameof(Domain), Domain, ResourceName.DomainProblem)
            .Value(nameof(Image), Image, image => ImageName.Problem(image, WebDefaults.Image))
            .Value(nameof(ImagePullPolicy), ImagePullPolicy, policy => Choice.Problem(policy, Choice.PullPolicies))
            .Value(nameof(Storage), Storage, text => Quantity.Problem(text, "1Gi"))
            .Value(nameof(StorageClass), StorageClass, ResourceName.ObjectProblem)
            .Add(nameof(StorageClass), Storage is null && StorageClass is not null ? "there is no volume without a size; Storage gives one" : null)
            .AddRange(Update?.Problems(nameof(Update)) ?? [])
            .Value(nameof(AccessMode), AccessMode, Workloads.AccessMode.Problem)
            .Add(nameof(AccessMode), Storage is null && AccessMode is not null ? "there is no volume without a size; Storage gives one" : null)
            .AddRange(OfResources())
            .Add(nameof(TimeoutMinutes), OrderedWorkloadArgs.TimeProblem(TimeoutMinutes, "minutes"))
            .AddRange(Network?.Problems() ?? [])
            .AddRange(Pod?.Problems(WebCluster.Contents) ?? [])
            .Problems;
    }

    private IReadOnlyList<ArgumentProblem> OfResources()
    {
        var twice = Pod?.Containers?.GetValueOrDefault(WebCluster.Container)?.Resources is not null;
        var checks = new ArgumentChecks();
        foreach (var (argument, value, example) in ((string, Input<string>?, string)[])
            [(nameof(Cpu), Cpu, WebDefaults.Cpu), (nameof(Memory), Memory, WebDefaults.Memory), (nameof(CpuLimit), CpuLimit, "1"), (nameof(MemoryLimit), MemoryLimit, "128Mi")])
        {
            checks.Value(argument, value, text => Quantity.Problem(text, example)).Add(argument, value is not null && twice
                ? "the resources of container nginx are given as a whole in Pod.Containers[nginx].Resources; say it in one of the two places"
                : null);
        }

        return checks
            .Add(nameof(CpuLimit), ContainerResources.LimitProblem(CpuLimit, Cpu ?? WebDefaults.Cpu, "resources.cpu"))
            .Add(nameof(MemoryLimit), ContainerResources.LimitProblem(MemoryLimit, Memory ?? WebDefaults.Memory, "resources.memory"))
            .Problems;
    }
}
