using System.Collections.Immutable;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace Infra.MySql;

/// <summary>The names of the VolumeSnapshots that are backups, of the volumes that are made from them, and who may do what with both.</summary>
internal static class BackupSnapshots
{
    /// <summary>The volume that a restore copies from.</summary>
    public const string Volume = "snapshot";

    /// <summary>Where that is.</summary>
    public const string VolumePath = "/mnt/snapshot";

    private const string Group = "snapshot.storage.k8s.io";
    private const string Kind = "VolumeSnapshot";
    private const string Snapshots = "volumesnapshots";
    private const string Claims = "persistentvolumeclaims";

    /// <summary>What the names of a system's snapshots begin with; the time follows, in lower case.</summary>
    /// <param name="system">The system.</param>
    public static string Prefix(string system) => $"{MySqlBackup.NameFor(system)}-";

    /// <summary>The snapshot that is a backup.</summary>
    /// <param name="system">The system.</param>
    /// <param name="id">The backup's id.</param>
    public static string NameOf(string system, string id) => $"{Prefix(system)}{id.ToLowerInvariant()}";

    /// <summary>The claim that a snapshot is proved on; there is one at a time.</summary>
    /// <param name="set">The name of the servers' set.</param>
    public static string ProofClaim(string set) => MySqlProof.NameFor(set);

    /// <summary>The labels of a system's snapshots, in the form of a selector. None of them says that Pulumi manages them.</summary>
    /// <param name="system">The system.</param>
    public static string Selector(string system) => string.Join(',', ImmutableSortedDictionary<string, string>.Empty
        .Add(WorkloadLabels.App, MySqlBackup.NameFor(system))
        .Add(WorkloadLabels.Instance, system)
        .Add(WorkloadLabels.Component, Volume)
        .Select(label => $"{label.Key}={label.Value}"));

    /// <summary>A volume with what a snapshot has, which goes with its pod.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="storage">Its size.</param>
    /// <param name="storageClass">Its storage class; the cluster's default one when there is none.</param>
    public static VolumeArgs Of(string snapshot, Input<string> storage, Input<string>? storageClass)
    {
        var spec = new PersistentVolumeClaimSpecArgs
        {
            AccessModes = { AccessMode.OneNode },
            StorageClassName = storageClass,
            Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = storage } },
            DataSource = new TypedLocalObjectReferenceArgs { ApiGroup = Group, Kind = Kind, Name = snapshot },
        };
        return new VolumeArgs { Name = Volume, Ephemeral = new EphemeralVolumeSourceArgs { VolumeClaimTemplate = new PersistentVolumeClaimTemplateArgs { Spec = spec } } };
    }

    /// <summary>By what the scripts know a system's snapshots.</summary>
    /// <param name="system">The system.</param>
    public static IEnumerable<(string Name, Input<string> Value)> Variables(string system) => [("STORE_SNAPSHOTS", Prefix(system)), ("STORE_LABELS", Selector(system))];

    /// <summary>
    /// What the pod that makes snapshots may do. Names that are not known yet cannot be said; of claims it removes one alone. It makes no pods: it says how many there are of those that prove.
    /// </summary>
    /// <param name="set">The name of the servers' set.</param>
    public static PolicyRuleArgs[] OfMaker(string set) =>
    [
        Rule(Group, Snapshots, ["create", "delete", "get", "list"]),
        Rule(string.Empty, Claims, ["create", "get"]),
        Rule(string.Empty, Claims, ["delete"], ProofClaim(set)),
        Rule("apps", "deployments/scale", ["patch"], MySqlProof.NameFor(set)),
    ];

    /// <summary>What the pod may do that proves them.</summary>
    /// <param name="set">The name of the servers' set.</param>
    public static PolicyRuleArgs[] OfProof(string set) => [Rule(Group, Snapshots, ["get", "patch"]), Rule(string.Empty, Claims, ["get"], ProofClaim(set))];

    /// <summary>What the pod may do that restores one.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public static PolicyRuleArgs[] OfRestore(string snapshot) => [Rule(Group, Snapshots, ["get"], snapshot)];

    private static PolicyRuleArgs Rule(string group, string resource, string[] verbs, params string[] names)
    {
        var rule = new PolicyRuleArgs { ApiGroups = { group }, Resources = { resource }, Verbs = { verbs } };
        if (names.Length > 0)
        {
            rule.ResourceNames = names;
        }

        return rule;
    }
}
