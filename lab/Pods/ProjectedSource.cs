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
    /// <summary>The sources of a volume, several for a projected one; null where it is of another kind.</summary>
    /// <exception cref="ClusterException">A projected volume has a source that is neither a ConfigMap nor a Secret.</exception>
    public static IReadOnlyList<ProjectedSource>? Of(V1Volume volume) => volume switch
    {
        { Secret: { } secret } => [new("Secret", secret.SecretName, secret.Items, secret.DefaultMode!.Value, secret.Optional == true)],
        { ConfigMap: { } map } => [new("ConfigMap", map.Name, map.Items, map.DefaultMode!.Value, map.Optional == true)],
        { Projected: { } projected } => [.. (projected.Sources ?? []).Select(source => source switch
        {
            { Secret: { } secret } => new ProjectedSource("Secret", secret.Name, secret.Items, projected.DefaultMode!.Value, secret.Optional == true),
            { ConfigMap: { } map } => new ProjectedSource("ConfigMap", map.Name, map.Items, projected.DefaultMode!.Value, map.Optional == true),
            _ => throw new ClusterException($"Volume {volume.Name}: the lab projects ConfigMaps and Secrets, and nothing else."),
        })],
        _ => null,
    };

    /// <summary>Its files.</summary>
    /// <param name="data">The object's content by key; none where it is missing and may be.</param>
    /// <exception cref="ClusterException">A key that is named is missing.</exception>
    public IEnumerable<ProjectedFile> Files(IReadOnlyDictionary<string, byte[]> data)
    {
        var items = Items ?? [.. data.Keys.Select(key => new V1KeyToPath { Key = key, Path = key })];
        var missing = items.FirstOrDefault(item => !data.ContainsKey(item.Key));
        return missing is null || Optional
            ? items.Where(item => data.ContainsKey(item.Key)).Select(item => new ProjectedFile(item.Path, data[item.Key], item.Mode ?? DefaultMode))
            : throw new ClusterException($"{Kind} {Name} has no key {missing.Key}.");
    }
}
