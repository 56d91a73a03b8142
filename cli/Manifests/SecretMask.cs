using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Cli.Manifests;

/// <summary>Hides what a Secret holds.</summary>
internal static class SecretMask
{
    /// <summary>What stands in the place of a value.</summary>
    public const string Mask = "masked (render --show-secrets shows it)";

    private static readonly string[] Sections = ["data", "stringData"];

    /// <summary>The object with every secret value masked; any other object as it is.</summary>
    public static Manifest Apply(Manifest manifest)
    {
        if (manifest.Kind != "Secret")
        {
            return manifest;
        }

        var body = (JsonObject)manifest.Body.DeepClone();
        var keys = Sections.SelectMany(section => body[section] as JsonObject ?? []).Select(pair => pair.Key).ToList();
        body.Remove("data");
        body["stringData"] = new JsonObject(keys.Select(key => KeyValuePair.Create(key, (JsonNode?)Mask)));
        return new Manifest(body);
    }
}
