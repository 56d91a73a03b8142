using Infra.Arguments;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>
/// Where and how a workload's pods run: the same for every workload, whatever is in its pods. Lists are added to what the workload itself asks for,
/// maps are merged into it, single values take its place.
/// </summary>
public sealed class PodSettingsArgs : ResourceArgs
{
    /// <summary>Labels of the pods beside the workload's own, whose keys they may not take; none by default.</summary>
    [Input("labels")]
    public InputMap<string>? Labels { get; set; }

    /// <summary>Annotations of the pods; none by default.</summary>
    [Input("annotations")]
    public InputMap<string>? Annotations { get; set; }

    /// <summary>Labels that a node must have; none by default.</summary>
    [Input("nodeSelector")]
    public InputMap<string>? NodeSelector { get; set; }

    /// <summary>Taints of nodes that the pods put up with; none by default.</summary>
    [Input("tolerations")]
    public InputList<TolerationArgs>? Tolerations { get; set; }

    /// <summary>Affinity to nodes and other pods; none by default.</summary>
    [Input("affinity")]
    public Input<AffinityArgs>? Affinity { get; set; }

    /// <summary>
    /// How the pods are kept apart over hosts and over zones: one of <see cref="PodSpread"/>. Default: <see cref="PodSpread.Soft"/>. <see cref="PodSpread.Hard"/>
    /// can keep an ordered start from ever ending, as pods start one after the other.
    /// </summary>
    [Input("spread")]
    public Input<string>? Spread { get; set; }

    /// <summary>
    /// How the pods are kept apart, in Kubernetes' own words and in the place of <see cref="Spread"/>. Default: over hosts and over zones, each as well as it goes (<c>ScheduleAnyway</c>); an empty list switches it off.
    /// A hard rule (<c>DoNotSchedule</c>) can keep an ordered start from ending, as pods start one after the other.
    /// </summary>
    [Input("topologySpreadConstraints")]
    public InputList<TopologySpreadConstraintArgs>? TopologySpreadConstraints { get; set; }

    /// <summary>The priority class; the cluster's default one by default.</summary>
    [Input("priorityClassName")]
    public Input<string>? PriorityClassName { get; set; }

    /// <summary>The service account; the namespace's default one by default. The systems of this library mount no token of it.</summary>
    [Input("serviceAccountName")]
    public Input<string>? ServiceAccountName { get; set; }

    /// <summary>Secrets with which images are pulled; none by default.</summary>
    [Input("imagePullSecrets")]
    public InputList<LocalObjectReferenceArgs>? ImagePullSecrets { get; set; }

    /// <summary>
    /// The security context of the pods, in the place of the workload's. Default: one that fits the Pod Security Standard "Restricted", with the user of the image.
    /// What a container may do stays as it is: <see cref="ContainerSettingsArgs.SecurityContext"/>.
    /// </summary>
    [Input("securityContext")]
    public Input<PodSecurityContextArgs>? SecurityContext { get; set; }

    /// <summary>Volumes beside the workload's own; none by default. A container mounts them by <see cref="ContainerSettingsArgs.VolumeMounts"/>.</summary>
    [Input("volumes")]
    public InputList<VolumeArgs>? Volumes { get; set; }

    /// <summary>
    /// Settings of single containers, init containers and sidecars too, each under the container's name: those of <see cref="MySql.MySqlCluster"/> are init-mysql,
    /// clone-mysql, mysql and replication (xtrabackup on 5.7), and metrics where there are some, that of <see cref="Web.WebCluster"/> is nginx. None by default.
    /// </summary>
    [Input("containers")]
    public Dictionary<string, ContainerSettingsArgs>? Containers { get; set; }

    /// <summary>
    /// A function of yours that is handed the finished pod and returns the one to run, for whatever has no setting; none by default. It is called once,
    /// while the component is made. Lists are the pod's own and may be added to; the containers in them are shared with other pods of the same arguments. What keeps the workload sound is then yours to keep: its containers' names, commands, mounts and probes.
    /// </summary>
    public Func<PodSpecArgs, PodSpecArgs>? Customize { get; set; }

    /// <summary>What is wrong with the settings, for pods of a workload with these contents.</summary>
    internal IReadOnlyList<ArgumentProblem> Problems(PodContents own)
    {
        var checks = new ArgumentChecks("Pod.")
            .Value(nameof(Spread), Spread, word => Choice.Problem(word, PodSpread.All))
            .Add(nameof(Spread), Spread is not null && TopologySpreadConstraints is not null ? "Pod.TopologySpreadConstraints says it, too; leave one of the two out" : null)
            .Entries(nameof(Labels), Labels, WorkloadLabels.ExtraProblem)
            .Entries(nameof(Annotations), Annotations, (key, _) => MetadataKey.AnnotationProblem(key))
            .Entries(nameof(NodeSelector), NodeSelector, (key, value) => MetadataKey.LabelProblem(key) ?? (value.Length == 0 ? null : WorkloadLabels.ValueProblem(value)));
        foreach (var volume in Known.Items(Volumes))
        {
            var taken = Known.TryGet(volume.Name, out var text) && own.Volumes.Contains(text);
            checks.Add(nameof(Volumes), taken ? $"{text} is the workload's own volume; another name is free" : null);
        }

        foreach (var (name, settings) in Containers ?? [])
        {
            var known = own.Containers is null || own.Containers.Contains(name);
            checks.Add($"{nameof(Containers)}[{name}]", known ? null : $"there is no such container; there are {string.Join(", ", own.Containers!)}");
            checks.Add($"{nameof(Containers)}[{name}]", settings is null ? "it is null; leave it out to have the container as it is" : null);
            foreach (var variable in Known.Items(settings?.Env))
            {
                var taken = Known.TryGet(variable.Name, out var text) && own.Variables.Contains(text);
                checks.Add($"{nameof(Containers)}[{name}].{nameof(ContainerSettingsArgs.Env)}", taken ? $"{text} is the workload's own variable; another name is free" : null);
            }
        }

        return checks.Problems;
    }
}
