using Infra.Arguments;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Workloads;

/// <summary>The pods of a workload: what it runs, where and how its user wants them to run, and the labels by which they are found.</summary>
internal static class WorkloadPod
{
    /// <summary>The template.</summary>
    /// <param name="spec">What it runs.</param>
    /// <param name="user">The number of the user that it runs as; the image's own where there is none.</param>
    /// <param name="settings">Where and how its user wants it to run.</param>
    /// <param name="labels">The workload's labels.</param>
    public static PodTemplateSpecArgs Of(PodSpecArgs spec, Input<int>? user, PodSettingsArgs settings, WorkloadLabels labels)
    {
        var finished = With(spec, user, settings, labels);
        return new PodTemplateSpecArgs { Metadata = Metadata(settings, labels), Spec = settings.Customize is { } customize ? Customized(customize, finished) : finished };
    }

    /// <summary>What a user's function adds to a list it adds to this pod alone: the lists of the original are left behind.</summary>
    private static PodSpecArgs Customized(Func<PodSpecArgs, PodSpecArgs> customize, PodSpecArgs finished)
    {
        finished.Containers = finished.Containers.Concat([]);
        if (Known.Items(ShallowCopy.Of(finished).InitContainers).Length > 0)
        {
            finished.InitContainers = finished.InitContainers.Concat([]);
        }

        if (Known.Items(ShallowCopy.Of(finished).Volumes).Length > 0)
        {
            finished.Volumes = finished.Volumes.Concat([]);
        }

        return customize(finished)
            ?? throw new InvalidArgumentsException("a workload's pod", [new ArgumentProblem($"Pod.{nameof(PodSettingsArgs.Customize)}", "it returned no pod; it returns the one to run")]);
    }

    private static ObjectMetaArgs Metadata(PodSettingsArgs settings, WorkloadLabels labels)
    {
        var metadata = new ObjectMetaArgs { Labels = settings.Labels is { } extra ? InputMap<string>.Merge(extra, labels.All) : labels.All };
        if (settings.Annotations is { } annotations)
        {
            metadata.Annotations = annotations;
        }

        return metadata;
    }

    private static PodSpecArgs With(PodSpecArgs spec, Input<int>? user, PodSettingsArgs settings, WorkloadLabels labels)
    {
        var result = ShallowCopy.Of(spec);
        result.Affinity = settings.Affinity ?? spec.Affinity;
        result.PriorityClassName = settings.PriorityClassName ?? spec.PriorityClassName;
        result.ServiceAccountName = settings.ServiceAccountName ?? spec.ServiceAccountName;
        result.SecurityContext = settings.SecurityContext ?? spec.SecurityContext ?? RestrictedSecurity.Pod(user);
        result.AutomountServiceAccountToken = spec.AutomountServiceAccountToken ?? false;
        if (settings.NodeSelector is { } nodes)
        {
            result.NodeSelector = InputMap<string>.Merge(result.NodeSelector, nodes);
        }

        if (settings.Tolerations is { } tolerations)
        {
            result.Tolerations = result.Tolerations.Concat(tolerations);
        }

        if (settings.ImagePullSecrets is { } pullSecrets)
        {
            result.ImagePullSecrets = result.ImagePullSecrets.Concat(pullSecrets);
        }

        if (settings.Volumes is { } volumes)
        {
            result.Volumes = result.Volumes.Concat(volumes);
        }

        result.TopologySpreadConstraints = Constraints(result.TopologySpreadConstraints, settings, labels);
        var containers = settings.Containers ?? [];
        result.Containers = With(result.Containers, containers);
        // Of another copy: in the SDK, looking at a list that is not set makes an empty one, which would then stand in the object.
        var initContainers = ShallowCopy.Of(spec).InitContainers;
        if (!Known.TryGet(initContainers, out var known) || known is { IsDefaultOrEmpty: false })
        {
            result.InitContainers = With(initContainers, containers);
        }

        return result;
    }

    /// <summary>A pod that says itself how it is spread needs no default.</summary>
    private static InputList<TopologySpreadConstraintArgs> Constraints(InputList<TopologySpreadConstraintArgs> own, PodSettingsArgs settings, WorkloadLabels labels) =>
        settings.TopologySpreadConstraints is { } wanted ? own.Concat(wanted)
        : settings.Spread is { } spread ? own.Concat(Spread.Of(spread, labels))
        : own.Apply(said => said.IsDefaultOrEmpty ? Spread.Of(PodSpread.Soft, labels).ToOutput() : Output.Create(said));

    private static InputList<ContainerArgs> With(InputList<ContainerArgs> containers, Dictionary<string, ContainerSettingsArgs> settings) => containers.Apply(all =>
        Output.All(all.Select(container => container.Name.Apply(name => RestrictedSecurity.Of(settings.TryGetValue(name, out var found) ? found.Over(container) : container)))));
}
