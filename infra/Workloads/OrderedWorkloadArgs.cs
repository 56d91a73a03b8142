using Infra.Arguments;
using Infra.Identity;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>What an <see cref="OrderedWorkload"/> is made of. A plain type shapes the graph; every other value may be an output.</summary>
public sealed class OrderedWorkloadArgs : ResourceArgs
{
    /// <summary>
    /// The pod that every ordinal runs. Where it or a container of it has no security context, it gets one that fits the Pod Security Standard "Restricted", with
    /// the image's own files read-only: what is written to is a volume. It mounts no token of its service account unless it says so.
    /// </summary>
    [Input("spec", required: true)]
    public required PodSpecArgs Spec { get; set; }

    /// <summary>
    /// The number of the user that the pods run as, at least 1; also that of its group, and of the group that their volumes belong to. Default: the user that the image
    /// names, which then has to be a number and not root's. It counts where neither <see cref="Spec"/> nor <see cref="Pod"/> has a security context for the pods.
    /// </summary>
    [Input("runAsUser")]
    public Input<int>? RunAsUser { get; set; }

    /// <summary>The ports that the headless Service offers, at least one; a container of <see cref="Spec"/> declares each of them.</summary>
    [Input("ports", required: true)]
    public required List<NamedPort> Ports { get; set; }

    /// <summary>The StatefulSet's name. Default: the component's name.</summary>
    [Input("name")]
    public string? Name { get; set; }

    /// <summary>
    /// The headless Service's name. Default: the StatefulSet's name. It is also the pods' label <c>app</c>, and that, <see cref="Application"/> and
    /// <see cref="Component"/> are what pods are selected by: before one of the three is changed, running pods want the new label, or the StatefulSet's successor
    /// cannot adopt them.
    /// </summary>
    [Input("service")]
    public string? Service { get; set; }

    /// <summary>The namespace. Default: the provider's.</summary>
    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    /// <summary>How many pods there are, at least 1. Default: 1.</summary>
    [Input("replicas")]
    public int? Replicas { get; set; }

    /// <summary>What runs, such as <c>etcd</c>: the label <c>app.kubernetes.io/name</c>. Default: the StatefulSet's name.</summary>
    [Input("application")]
    public string? Application { get; set; }

    /// <summary>Which part of the application this is: the label <c>app.kubernetes.io/component</c>. Default: <c>server</c>.</summary>
    [Input("component")]
    public string? Component { get; set; }

    /// <summary>The claims that every ordinal gets; none by default. They outlive the pods, and the StatefulSet.</summary>
    [Input("claims")]
    public InputList<PersistentVolumeClaimArgs>? Claims { get; set; }

    /// <summary>
    /// Whether the headless Service publishes pods that are not ready. Default: false. Set it where pods have to find each other in order to become ready.
    /// </summary>
    [Input("publishNotReadyAddresses")]
    public Input<bool>? PublishNotReadyAddresses { get; set; }

    /// <summary>Where and how the pods run. Default: spread softly over hosts and zones, all else as <see cref="Spec"/> has it.</summary>
    [Input("pod")]
    public PodSettingsArgs? Pod { get; set; }

    /// <summary>
    /// Who may reach the pods, and whom they may reach. Default: every pod of the namespace reaches <see cref="Ports"/>, and the pods reach each other at every
    /// port, and DNS.
    /// </summary>
    [Input("network")]
    public NetworkArgs? Network { get; set; }

    /// <summary>
    /// Whether a PodDisruptionBudget has nodes drained one pod at a time. Default: true. Kubernetes evicts no pod that two budgets select: switch it off where
    /// there is one of your own.
    /// </summary>
    [Input("disruptionBudget")]
    public bool? DisruptionBudget { get; set; }

    /// <summary>How a changed template reaches the pods. Default: all of them follow, one by one from the highest ordinal.</summary>
    [Input("update")]
    public RollingUpdateArgs? Update { get; set; }

    /// <summary>
    /// How long a deployment waits for all pods to be ready, in minutes. Default: 10, another 5 for each replica, and each one's <see cref="RollingUpdateArgs.MinReadySeconds"/>.
    /// </summary>
    [Input("timeoutMinutes")]
    public int? TimeoutMinutes { get; set; }

    /// <summary>The variables that the workload sets in its containers, and that its user's settings may not.</summary>
    internal IReadOnlyCollection<string> OwnVariables { get; set; } = [];

    /// <summary>Ports beside <see cref="Ports"/> at which every pod of the cluster may look at these.</summary>
    internal IReadOnlyList<NamedPort> ObservedPorts { get; set; } = [];

    /// <summary>The labels of pods that reach <see cref="Ports"/> whatever <see cref="Network"/> says of clients.</summary>
    internal IReadOnlyList<System.Collections.Immutable.ImmutableDictionary<string, string>> AdmittedPods { get; set; } = [];

    /// <summary>The types of the Services in front of the pods beside the headless one, as far as they were said.</summary>
    internal IReadOnlyList<Input<string>> ServiceTypes { get; set; } = [];

    /// <summary>Everything that is wrong with the arguments; nothing is registered while there is something.</summary>
    /// <param name="name">The component's name, which stands in for <see cref="Name"/>.</param>
    public IReadOnlyList<ArgumentProblem> Problems(string name)
    {
        var replicas = Replicas ?? WorkloadDefaults.Replicas;
        var set = Name ?? name;
        var checks = new ArgumentChecks()
            .Add(nameof(Replicas), ReplicasProblem(replicas, "a workload has at least 1 pod"))
            .Add(nameof(Name), ResourceName.SetProblem(set, replicas))
            .Add(nameof(Service), Service is null ? null : ResourceName.ServiceProblem(Service))
            .Value(nameof(Namespace), Namespace, ResourceName.NamespaceProblem)
            .Add(nameof(Application), Application is null ? null : WorkloadLabels.ValueProblem(Application))
            .Add(nameof(Component), Component is null ? null : WorkloadLabels.ValueProblem(Component))
            .Add(nameof(Ports), Ports is { Count: > 0 } ? null : "there is none; a headless Service offers at least one port")
            .AddRange(Update?.Problems(nameof(Update)) ?? [])
            .Value(nameof(RunAsUser), RunAsUser, user => user >= 1 ? null : $"{user}: it is the number of a user other than root, at least 1")
            .Add(nameof(TimeoutMinutes), TimeProblem(TimeoutMinutes, "minutes"));
        foreach (var (index, port) in (Ports ?? []).Index())
        {
            var twice = Ports!.Take(index).Any(earlier => earlier.Name == port.Name || earlier.Number == port.Number);
            checks.Add($"{nameof(Ports)}[{index}]", port.Problem() ?? (twice ? $"an earlier port has its name or number: {port.Name}, {port.Number}" : null));
        }

        return checks.AddRange(Network?.Problems() ?? []).AddRange(OfPod()).Problems;
    }

    private IReadOnlyList<ArgumentProblem> OfPod()
    {
        var contents = PodContents.Of(Spec, Claims) with { Variables = OwnVariables };
        var checks = new ArgumentChecks();
        var claims = PodContents.ClaimNames(Claims);
        foreach (var (index, claim) in claims.Index().Where(claim => claim.Item.Length > 0))
        {
            var twice = claims.Take(index).Contains(claim);
            checks.Add($"{nameof(Claims)}[{index}]", ResourceName.ClaimProblem(claim) ?? (twice ? $"an earlier claim is called {claim}, too" : null));
        }

        var declared = PortNames();
        foreach (var port in (Ports ?? []).Where(port => port.Problem() is null && declared?.Contains(port.Name) == false))
        {
            checks.Add(nameof(Ports), $"no container of the pod declares {port.Name}; OnContainer() does");
        }

        return checks.AddRange(Pod?.Problems(contents) ?? []).Problems;
    }

    /// <summary>The names of all container ports; nothing where they are not known yet.</summary>
    private List<string>? PortNames()
    {
        if (!Known.TryGet(ShallowCopy.Of(Spec).Containers, out var containers) || containers.IsDefault)
        {
            return null;
        }

        var names = new List<string>();
        foreach (var container in containers)
        {
            if (container is null || Known.Texts(ShallowCopy.Of(container).Ports, port => port.Name ?? string.Empty) is not { } found)
            {
                return null;
            }

            names.AddRange(found);
        }

        return names;
    }

    /// <summary>Why there cannot be so many pods; nothing when there can.</summary>
    internal static string? ReplicasProblem(int replicas, string least) => replicas >= 1 ? null : $"{replicas}: {least}";

    /// <summary>Why a time is none; nothing when it is.</summary>
    internal static string? TimeProblem(int? time, string unit) => time is null or >= 1 ? null : $"{time}: it is a time in {unit}, at least 1";
}
