using Infra.Arguments;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>What a workload itself has in its pods, and its user's settings may speak of or not take.</summary>
/// <param name="Containers">The names of all containers, init containers first; null where they are not known yet.</param>
/// <param name="Volumes">The names of all volumes, claims too, as far as they are known.</param>
/// <param name="Variables">The names of the variables in its containers that are not its user's.</param>
internal sealed record PodContents(IReadOnlyList<string>? Containers, IReadOnlyCollection<string> Volumes, IReadOnlyCollection<string> Variables)
{
    /// <summary>Reads them off a pod and its claims.</summary>
    public static PodContents Of(PodSpecArgs spec, InputList<PersistentVolumeClaimArgs>? claims)
    {
        // Of a copy: in the SDK, looking at a list that is not set makes an empty one, which would then stand in the object.
        var copy = ShallowCopy.Of(spec);
        var init = Known.Texts(copy.InitContainers, container => container.Name);
        var main = Known.Texts(copy.Containers, container => container.Name);
        var volumes = Known.Texts(copy.Volumes, volume => volume.Name) ?? [];
        return new PodContents(init is null || main is null ? null : [.. init, .. main], [.. volumes, .. ClaimNames(claims)], []);
    }

    /// <summary>The names of claim templates, as far as they are known.</summary>
    public static IReadOnlyList<string> ClaimNames(InputList<PersistentVolumeClaimArgs>? claims) =>
        [.. Known.Items(claims).Select(Name)];

    /// <summary>Claim templates whose names are known.</summary>
    public static IReadOnlyList<(string Name, PersistentVolumeClaimArgs Template)> NamedClaims(InputList<PersistentVolumeClaimArgs>? claims) =>
        [.. Known.Items(claims).Select(claim => (Name(claim), claim)).Where(claim => claim.Item1.Length > 0)];

    private static string Name(PersistentVolumeClaimArgs claim) => Known.TryGet(claim.Metadata, out var meta) && Known.TryGet(meta.Name, out var name) ? name : string.Empty;
}
