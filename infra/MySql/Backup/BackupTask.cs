using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>What a pod does that backs up, archives or restores.</summary>
/// <param name="Part">What the pod is: its container's name, and the component among its labels.</param>
/// <param name="Script">The script that it runs.</param>
/// <param name="Store">The store.</param>
/// <param name="Claim">The claim of the store, where it is one.</param>
/// <param name="Work">The volume that the script works on.</param>
/// <param name="Labels">The labels of the pod.</param>
internal sealed record BackupTask(string Part, string Script, BackupStoreArgs Store, string? Claim, VolumeArgs Work, WorkloadLabels Labels)
{
    /// <summary>Which pods it runs beside if it can; none where it is null.</summary>
    public PodAffinityArgs? Near { get; init; }

    /// <summary>The account by which it asks the API server; it asks nothing where there is none.</summary>
    public string? Account { get; init; }

    /// <summary>A volume that was made from a snapshot, and that the script copies; none where it is null.</summary>
    public VolumeArgs? Snapshot { get; init; }

    /// <summary>Whether the script is run again when it has ended: by default it is not.</summary>
    public string RestartPolicy { get; init; } = "Never";

    /// <summary>What the container asks for.</summary>
    public ResourceRequirementsArgs Resources { get; init; } = MySqlBackupDefaults.Resources();

    /// <summary>How long it may take to end; Kubernetes' own time where it is null.</summary>
    public Input<int>? GraceSeconds { get; init; }

    /// <summary>Whether it is at its work; a task that ends has none.</summary>
    public Input<ProbeArgs>? Readiness { get; init; }

    /// <summary>Whether it has to be started again; a task that ends has none.</summary>
    public Input<ProbeArgs>? Liveness { get; init; }

    /// <summary>What the script is told besides the store and what all scripts are told.</summary>
    public IReadOnlyList<(string Name, Input<string> Value)> Variables { get; init; } = [];
}
