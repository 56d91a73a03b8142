using System.Text;
using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Lab.Specs;

/// <summary>A ConfigMap or a Secret: named pieces of data.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Data">Its content, by key.</param>
public sealed record DataObject(string Namespace, string Name, IReadOnlyDictionary<string, byte[]> Data)
{
    /// <summary>Reads a ConfigMap (<c>data</c>, <c>binaryData</c>) or a Secret (<c>data</c> in base64, <c>stringData</c>).</summary>
    /// <exception cref="ClusterException">A value is not text or not base64.</exception>
    public static DataObject Read(Manifest manifest)
    {
        var secret = manifest.Kind == "Secret";
        var data = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        Add(manifest, data, secret ? "data" : "binaryData", Convert.FromBase64String);
        Add(manifest, data, secret ? "stringData" : "data", Encoding.UTF8.GetBytes);
        return new DataObject(manifest.Namespace, manifest.Name, data);
    }

    private static void Add(Manifest manifest, Dictionary<string, byte[]> data, string field, Func<string, byte[]> decode)
    {
        foreach (var (key, value) in manifest.Body[field] as JsonObject ?? [])
        {
            try
            {
                data[key] = decode(SpecJson.Read<string>(value, $"{manifest.Kind} {manifest.Name}: {field}.{key}"));
            }
            catch (FormatException wrong)
            {
                throw new ClusterException($"{manifest.Kind} {manifest.Name}: {field}.{key} is not base64.", inner: wrong);
            }
        }
    }
}
