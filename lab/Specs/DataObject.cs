using System.Text;
using k8s.Models;
using Lab.Manifests;

namespace Lab.Specs;

/// <summary>A ConfigMap or a Secret: named pieces of data.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Data">Its content, by key.</param>
public sealed record DataObject(string Kind, string Namespace, string Name, IReadOnlyDictionary<string, byte[]> Data)
{
    /// <summary>Reads a ConfigMap (<c>data</c>, <c>binaryData</c>) or a Secret (<c>data</c> in base64, <c>stringData</c>).</summary>
    /// <exception cref="ClusterException">A value is not text or not base64.</exception>
    public static DataObject Read(Manifest manifest)
    {
        var what = $"{manifest.Kind} {manifest.Name}";
        if (manifest.Kind == "Secret")
        {
            var secret = SpecJson.Read<V1Secret>(manifest.Body, what);
            return Of(manifest, ("data", secret.Data), ("stringData", Bytes(secret.StringData)));
        }

        var map = SpecJson.Read<V1ConfigMap>(manifest.Body, what);
        return Of(manifest, ("binaryData", map.BinaryData), ("data", Bytes(map.Data)));
    }

    private static DataObject Of(Manifest manifest, params (string Field, IDictionary<string, byte[]?>? Data)[] parts)
    {
        var all = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (field, data) in parts)
        {
            foreach (var (key, value) in data ?? new Dictionary<string, byte[]?>())
            {
                all[key] = value ?? throw new ClusterException($"{manifest.Kind} {manifest.Name}: {field}.{key} is missing.");
            }
        }

        return new DataObject(manifest.Kind, manifest.Namespace, manifest.Name, all);
    }

    private static Dictionary<string, byte[]?>? Bytes(IDictionary<string, string?>? texts) =>
        texts?.ToDictionary(pair => pair.Key, pair => pair.Value is { } text ? Encoding.UTF8.GetBytes(text) : null);
}
