using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Workloads;

/// <summary>
/// A headless Service and a StatefulSet made from one identity, one set of labels and one list of ports, so that they cannot disagree.
/// Pods start in order, each when the one before it is ready, and their claims outlive them.
/// </summary>
public sealed class OrderedWorkload : ComponentResource
{
    /// <summary>Registers the headless Service and then the StatefulSet.</summary>
    /// <param name="name">The name in the stack; the children's names begin with it.</param>
    /// <param name="args">What the workload is made of.</param>
    /// <param name="options">Options of the component; its children inherit the provider.</param>
    public OrderedWorkload(string name, OrderedWorkloadArgs args, ComponentResourceOptions? options = null)
        : base("infra:workloads:OrderedWorkload", name, args, options)
    {
        Service = HeadlessService($"{name}-headless", args);
        StatefulSet = Set(name, args, Service);
        ServiceName = Service.Metadata.Apply(meta => meta.Name);
        RegisterOutputs();
    }

    /// <summary>The headless Service that gives every pod its DNS record.</summary>
    public Service Service { get; }

    /// <summary>The StatefulSet that runs the pods.</summary>
    public StatefulSet StatefulSet { get; }

    /// <summary>The headless Service's name, as the cluster knows it.</summary>
    [Output("serviceName")]
    public Output<string> ServiceName { get; private set; }

    private Service HeadlessService(string name, OrderedWorkloadArgs args)
    {
        var spec = new ServiceSpecArgs
        {
            ClusterIP = "None",
            Selector = WorkloadLabels.Of(args.Identity),
        };
        if (args.PublishNotReadyAddresses)
        {
            // Said only where it is so: the API server drops a value that is its default, and an object should read back as it was written.
            spec.PublishNotReadyAddresses = true;
        }

        foreach (var port in args.Ports)
        {
            spec.Ports.Add(port.OnService());
        }

        return new Service(
            name,
            new ServiceArgs { Metadata = ObjectMeta.Named(args.Identity, args.Identity.Service, AwaitAnnotation.Skip), Spec = spec },
            new CustomResourceOptions { Parent = this });
    }

    private StatefulSet Set(string name, OrderedWorkloadArgs args, Service headless)
    {
        var labels = WorkloadLabels.Of(args.Identity);
        var spec = new StatefulSetSpecArgs
        {
            ServiceName = headless.Metadata.Apply(meta => meta.Name),
            Replicas = args.Identity.Replicas,
            PodManagementPolicy = "OrderedReady",
            UpdateStrategy = new StatefulSetUpdateStrategyArgs { Type = "RollingUpdate" },
            Selector = new LabelSelectorArgs { MatchLabels = labels },
            Template = new PodTemplateSpecArgs { Metadata = ObjectMeta.Template(args.Identity), Spec = args.Pod },
            // Kubernetes' own default, said aloud: neither scaling down nor deleting the set deletes a claim.
            PersistentVolumeClaimRetentionPolicy = new StatefulSetPersistentVolumeClaimRetentionPolicyArgs
            {
                WhenDeleted = "Retain",
                WhenScaled = "Retain",
            },
        };
        foreach (var claim in args.Claims)
        {
            spec.VolumeClaimTemplates.Add(claim);
        }

        var options = new CustomResourceOptions { Parent = this, DependsOn = { headless }, CustomTimeouts = Timeouts(args) };
        options.DependsOn.AddRange(args.After);
        return new StatefulSet(
            name,
            new StatefulSetArgs { Metadata = ObjectMeta.Named(args.Identity, args.Identity.Name, AwaitAnnotation.OrphanPods), Spec = spec },
            options);
    }

    private static CustomTimeouts Timeouts(OrderedWorkloadArgs args)
    {
        var ready = args.ReadyTimeout ?? TimeSpan.FromMinutes(10 + (5 * args.Identity.Replicas));
        return new CustomTimeouts { Create = ready, Update = ready };
    }
}
