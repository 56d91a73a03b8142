using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>What may be set of one container of a workload's pods. Whatever is left out stays as the workload has it.</summary>
public sealed class ContainerSettingsArgs : ResourceArgs
{
    /// <summary>Requests and limits, in the place of all that the workload sets.</summary>
    [Input("resources")]
    public Input<ResourceRequirementsArgs>? Resources { get; set; }

    /// <summary>Variables beside the workload's own, whose names they may not take.</summary>
    [Input("env")]
    public InputList<EnvVarArgs>? Env { get; set; }

    /// <summary>Mounts beside the workload's own, of volumes such as those of <see cref="PodSettingsArgs.Volumes"/>.</summary>
    [Input("volumeMounts")]
    public InputList<VolumeMountArgs>? VolumeMounts { get; set; }

    /// <summary>
    /// The security context, in the place of the workload's. Default: no privilege escalation, no capabilities, the image's own files read-only.
    /// </summary>
    [Input("securityContext")]
    public Input<SecurityContextArgs>? SecurityContext { get; set; }

    /// <summary>The liveness probe, in the place of the workload's.</summary>
    [Input("livenessProbe")]
    public Input<ProbeArgs>? LivenessProbe { get; set; }

    /// <summary>The readiness probe, in the place of the workload's.</summary>
    [Input("readinessProbe")]
    public Input<ProbeArgs>? ReadinessProbe { get; set; }

    /// <summary>The startup probe, in the place of the workload's.</summary>
    [Input("startupProbe")]
    public Input<ProbeArgs>? StartupProbe { get; set; }

    /// <summary>The container with these settings; the one given stays as it is.</summary>
    internal ContainerArgs Over(ContainerArgs container)
    {
        var result = ShallowCopy.Of(container);
        result.Resources = Resources ?? container.Resources;
        result.SecurityContext = SecurityContext ?? container.SecurityContext;
        result.LivenessProbe = LivenessProbe ?? container.LivenessProbe;
        result.ReadinessProbe = ReadinessProbe ?? container.ReadinessProbe;
        result.StartupProbe = StartupProbe ?? container.StartupProbe;
        if (Env is not null)
        {
            result.Env = result.Env.Concat(Env);
        }

        if (VolumeMounts is not null)
        {
            result.VolumeMounts = result.VolumeMounts.Concat(VolumeMounts);
        }

        return result;
    }
}
