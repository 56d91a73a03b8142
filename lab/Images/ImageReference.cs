namespace Lab.Images;

/// <summary>Image references as people write them.</summary>
public static class ImageReference
{
    private const string DefaultRegistry = "docker.io";

    /// <summary>The reference with its registry: <c>nginx:1.28</c> is <c>docker.io/library/nginx:1.28</c>.</summary>
    public static string WithRegistry(string reference)
    {
        var first = reference.Split('/')[0];
        return first == reference ? $"{DefaultRegistry}/library/{reference}"
            : first == "localhost" || first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) ? reference
            : $"{DefaultRegistry}/{reference}";
    }

    /// <summary>
    /// The names under which podman keeps an image of that reference: built here or pulled. Podman itself would take a name without a registry for
    /// any image whose name ends so, a stand-in too.
    /// </summary>
    public static IReadOnlyList<string> LocalNames(string reference) =>
        WithRegistry(reference) is var full && full == reference ? [full] : [$"localhost/{reference}", full];

    /// <summary>The registry of a reference that has one.</summary>
    public static string RegistryOf(string full) => full.Split('/')[0];

    /// <summary>
    /// The reference without its digest, where a tag says which version that is: <c>quay.io/coreos/etcd:v3.5.21</c> of <c>quay.io/coreos/etcd:v3.5.21@sha256:...</c>. One with a digest alone stays
    /// as it is.
    /// </summary>
    public static string WithoutDigest(string reference) =>
        reference.Split('@')[0] is var name && name.LastIndexOf(':') > name.LastIndexOf('/') ? name : reference;

    /// <summary>The reference without its tag: <c>quay.io/coreos/etcd</c> of <c>quay.io/coreos/etcd:v3.5.21</c>.</summary>
    public static string WithoutTag(string reference) =>
        reference.LastIndexOf(':') is var colon && colon > reference.LastIndexOf('/') ? reference[..colon] : reference;

    /// <summary>Name and tag without registry and path: <c>etcd:v3.5.21</c> of <c>quay.io/coreos/etcd:v3.5.21</c>.</summary>
    public static string Base(string reference) => reference[(reference.LastIndexOf('/') + 1)..];
}
