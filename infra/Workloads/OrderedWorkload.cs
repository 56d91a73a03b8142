using System.Collections.Immutable;
using Infra.Arguments;
using Infra.Identity;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using NetworkPolicy = Pulumi.Kubernetes.Networking.V1.NetworkPolicy;
using PodDisruptionBudget = Pulumi.Kubernetes.Policy.V1.PodDisruptionBudget;
using StatefulSet = Pulumi.Kubernetes.Apps.V1.StatefulSet;
using StatefulSetArgs = Pulumi.Kubernetes.Types.Inputs.Apps.V1.StatefulSetArgs;

namespace Infra.Workloads;

/// <summary>
/// A headless Service, a NetworkPolicy, a PodDisruptionBudget, claims and a StatefulSet made from one identity, one set of labels and one list of ports, so that they
/// cannot disagree. Pods start in order, each when the one before it is ready, and their claims outlive them.
/// </summary>
public sealed class OrderedWorkload : ComponentResource
{
    /// <summary>Registers the headless Service, the policy, the budget and the claims, and then the StatefulSet.</summary>
    /// <param name="name">The name in the stack; the children's names begin with it.</param>
    /// <param name="args">What the workload is made of.</param>
    /// <param name="options">Options of the component. Its children inherit the provider; what it depends on, they wait for.</param>
    /// <exception cref="InvalidArgumentsException">An argument cannot be used; nothing has been registered.</exception>
    public OrderedWorkload(string name, OrderedWorkloadArgs args, ComponentResourceOptions? options = null)
        : this(name, args, null, [], options)
    {
    }

    /// <summary>Registers the headless Service, and the StatefulSet after it and after other resources.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="args">What the workload is made of.</param>
    /// <param name="claims">The claims, where something else needs them before the pods do; registered here where there are none.</param>
    /// <param name="after">What else has to stand before the first pod starts.</param>
    /// <param name="options">Options of the component.</param>
    internal OrderedWorkload(string name, OrderedWorkloadArgs args, WorkloadClaims? claims, InputList<Resource> after, ComponentResourceOptions? options)
        : base(ComponentType.Of<OrderedWorkload>(), name, Checked(name, args), ComponentType.Options("infra:workloads:OrderedWorkload", options))
    {
        var set = args.Name ?? name;
        var identity = new StatefulIdentity(set, args.Service ?? set, args.Replicas ?? WorkloadDefaults.Replicas);
        var labels = new WorkloadLabels(identity, args.Application ?? set, args.Component ?? WorkloadDefaults.Component);
        var scope = new WorkloadScope(identity, labels, args.Namespace);

        Service = HeadlessService($"{name}-headless", args, scope);
        var child = new CustomResourceOptions { Parent = this };
        var network = args.Network ?? new NetworkArgs();
        NetworkPolicy = network.Policy ?? true ? PodNetwork.Register(name, scope, args.Ports, network, args.ObservedPorts, args.AdmittedPods, args.ServiceTypes, child) : null;
        Budget = args.DisruptionBudget ?? true ? DisruptionBudget.Register(name, scope, child) : null;
        // Before the set: what the API server does not let a claim become keeps the set as it is.
        claims ??= new WorkloadClaims(name, scope, args.Claims, child);
        Claims = claims.All;
        StatefulSet = Set(name, args, scope, claims.Last is { } last ? after.Concat(last) : after);
        ServiceName = Service.Metadata.Apply(meta => meta.Name);
        PodHosts = Output.All(identity.Hosts.Select(host => WorkloadScope.InCluster(host, Service, null)));
        Selector = Output.Create(labels.Selector);
        RegisterOutputs();
    }

    /// <summary>The headless Service that gives every pod its DNS record.</summary>
    public Service Service { get; }

    /// <summary>Who may reach the pods, and whom they may; null where there is none.</summary>
    public NetworkPolicy? NetworkPolicy { get; }

    /// <summary>How many pods may be taken away at once; null where there is none.</summary>
    public PodDisruptionBudget? Budget { get; }

    /// <summary>The pods' claims, the highest ordinal's first: they are there, and grown, before the set is touched, and none of them is ever deleted.</summary>
    public IReadOnlyList<PersistentVolumeClaimPatch> Claims { get; }

    /// <summary>The StatefulSet that runs the pods.</summary>
    public StatefulSet StatefulSet { get; }

    /// <summary>The headless Service's name, as the cluster knows it.</summary>
    [Output("serviceName")]
    public Output<string> ServiceName { get; private set; }

    /// <summary>Every pod's own name as the whole cluster knows it, by ordinal.</summary>
    [Output("podHosts")]
    public Output<ImmutableArray<string>> PodHosts { get; private set; }

    /// <summary>The labels by which the pods are found, for what else has to find them: a disruption budget, a network policy.</summary>
    [Output("selector")]
    public Output<ImmutableDictionary<string, string>> Selector { get; private set; }

    private static OrderedWorkloadArgs Checked(string name, OrderedWorkloadArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentChecks.Require($"{nameof(OrderedWorkload)} \"{name}\"", args.Problems(name));
        return args;
    }

    private Service HeadlessService(string name, OrderedWorkloadArgs args, WorkloadScope scope)
    {
        var spec = new ServiceSpecArgs { ClusterIP = "None", Selector = scope.Labels.Selector };
        if (args.PublishNotReadyAddresses is { } publish)
        {
            spec.PublishNotReadyAddresses = publish;
        }

        foreach (var port in args.Ports)
        {
            spec.Ports.Add(port.OnService());
        }

        return new Service(
            name,
            new ServiceArgs { Metadata = scope.Named(scope.Identity.Service, AwaitAnnotation.Skip), Spec = spec },
            new CustomResourceOptions { Parent = this });
    }

    private StatefulSet Set(string name, OrderedWorkloadArgs args, WorkloadScope scope, InputList<Resource> after)
    {
        var spec = new StatefulSetSpecArgs
        {
            ServiceName = Service.Metadata.Apply(meta => meta.Name),
            Replicas = scope.Identity.Replicas,
            PodManagementPolicy = "OrderedReady",
            UpdateStrategy = new StatefulSetUpdateStrategyArgs { Type = "RollingUpdate" },
            Selector = new LabelSelectorArgs { MatchLabels = scope.Labels.Selector },
            Template = WorkloadPod.Of(args.Spec, args.RunAsUser, args.Pod ?? new PodSettingsArgs(), scope.Labels),
            // Kubernetes' own default, said aloud: neither scaling down nor deleting the set deletes a claim.
            PersistentVolumeClaimRetentionPolicy = new StatefulSetPersistentVolumeClaimRetentionPolicyArgs
            {
                WhenDeleted = "Retain",
                WhenScaled = "Retain",
            },
        };
        if (args.Claims is { } claims)
        {
            spec.VolumeClaimTemplates = claims;
        }

        if (args.Update?.MinReadySeconds is { } seconds)
        {
            spec.MinReadySeconds = seconds;
        }

        var metadata = scope.Named(scope.Identity.Name, AwaitAnnotation.OrphanPods);
        if (args.Update?.Partition is > 0 and var partition)
        {
            spec.UpdateStrategy = new StatefulSetUpdateStrategyArgs { Type = "RollingUpdate", RollingUpdate = new RollingUpdateStatefulSetStrategyArgs { Partition = partition } };
            var (key, value) = AwaitAnnotation.Partitioned(scope.Identity.Replicas, partition);
            metadata.Annotations.Add(key, value);
        }

        var ready = args.TimeoutMinutes is { } minutes
            ? TimeSpan.FromMinutes(minutes)
            : WorkloadDefaults.ReadyTimeout(scope.Identity.Replicas, args.Update?.MinReadySeconds ?? 0);
        var options = new CustomResourceOptions
        {
            Parent = this,
            DependsOn = { Service },
            CustomTimeouts = new CustomTimeouts { Create = ready, Update = ready },
        };
        // Before the pods, so that none of them runs for a moment with its ports open.
        if (NetworkPolicy is { } policy)
        {
            options.DependsOn.Add(policy);
        }

        options.DependsOn.AddRange(after);
        return new StatefulSet(
            name,
            new StatefulSetArgs { Metadata = metadata, Spec = spec },
            options);
    }
}
