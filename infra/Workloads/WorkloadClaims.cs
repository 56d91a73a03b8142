using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>
/// The claims of a workload's pods, each a resource: a StatefulSet makes claims and never changes one, so that a size that grows would reach new ordinals only.
/// They are patches, which the provider applies on the server's side: such a one makes the claim where there is none, takes over the one that a set has made, and is
/// changed in place, by a dry run in a preview. What the API server refuses, as a claim that would shrink, it so refuses before the set is touched.
/// </summary>
/// <remarks>docs/volumes.md has what was found out about this, and where.</remarks>
internal sealed class WorkloadClaims
{
    private readonly List<(string Template, int Ordinal, PersistentVolumeClaimPatch Claim)> claims = [];

    /// <summary>Registers a claim for every template and ordinal, one after the other from the highest ordinal down, so that the primary's comes last.</summary>
    /// <param name="name">The workload's name in the stack.</param>
    /// <param name="scope">What the workload's objects share.</param>
    /// <param name="templates">The set's claim templates. One whose name is not known yet has no such claims: they are made by the set alone.</param>
    /// <param name="options">The resources' options.</param>
    public WorkloadClaims(string name, WorkloadScope scope, InputList<PersistentVolumeClaimArgs>? templates, CustomResourceOptions options)
    {
        var named = PodContents.NamedClaims(templates);
        foreach (var ordinal in scope.Identity.Ordinals.Reverse())
        {
            foreach (var (template, claim) in named)
            {
                var own = CustomResourceOptions.Merge(options, new CustomResourceOptions { RetainOnDelete = true });
                if (Last is { } before)
                {
                    own.DependsOn.Add(before);
                }

                // Of fewer replicas, and of a system that is taken out, the claims stay.
                claims.Add((template, ordinal, new PersistentVolumeClaimPatch($"{name}-{template}-{ordinal}", ClaimPatch.Of(scope.Identity.Claim(template, ordinal), claim, scope), own)));
            }
        }
    }

    /// <summary>All of them, in that order.</summary>
    public IReadOnlyList<PersistentVolumeClaimPatch> All => [.. claims.Select(one => one.Claim)];

    /// <summary>The last one, which waits for all others; nothing where there is none.</summary>
    public PersistentVolumeClaimPatch? Last => claims.Count == 0 ? null : claims[^1].Claim;

    /// <summary>The claim of one pod.</summary>
    /// <param name="template">The template's name.</param>
    /// <param name="ordinal">The pod's ordinal.</param>
    public PersistentVolumeClaimPatch Of(string template, int ordinal) => claims.Single(one => one.Template == template && one.Ordinal == ordinal).Claim;
}
