using k8s.Models;

namespace Lab.Pods;

/// <summary>The files of a ConfigMap or Secret volume: the two sources differ in a name only.</summary>
/// <param name="Kind">Of the object.</param>
/// <param name="Name">Of the object.</param>
/// <param name="Items">Which keys become which files; null for all under their own names.</param>
/// <param name="DefaultMode">Of files whose item names none.</param>
/// <param name="Optional">Whether object and keys may be missing.</param>
internal sealed record ProjectedSource(string Kind, string? Name, IList<V1KeyToPath>? Items, int DefaultMode, bool Optional)
{
    /// <summary>The source of a volume; null where it is of another kind.</summary>
    public static ProjectedSource? Of(V1Volume volume) => volume switch
    {
        { Secret: { } secret } => new("Secret", secret.SecretName, secret.Items, secret.DefaultMode!.Value, secret.Optional == true),
        { ConfigMap: { } map } => new("ConfigMap", map.Name, map.Items, map.DefaultMode!.Value, map.Optional == true),
        _ => null,
    };
}
