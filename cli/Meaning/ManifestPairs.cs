using System.Text.RegularExpressions;
using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>Which object of one side is which of the other: by kind, namespace and name, or by a name that ends in a hash of the content.</summary>
internal static partial class ManifestPairs
{
    private static readonly string[] Hashed = ["ConfigMap", "Secret"];

    /// <summary>Every object with its counterpart: those of the head in their order, and then those that are only in the base.</summary>
    public static IReadOnlyList<(Manifest? Before, Manifest? After)> Of(IReadOnlyList<Manifest> before, IReadOnlyList<Manifest> after)
    {
        var old = before.GroupBy(Name).ToDictionary(same => same.Key, same => same.Last());
        var pairs = after.Select(manifest => (Before: old.Remove(Name(manifest), out var was) ? was : null, After: manifest)).ToList();
        var left = old.Values.ToList();
        for (var i = 0; i < pairs.Count; i++)
        {
            if (pairs[i].Before is null && Hashed.Contains(pairs[i].After.Kind) && left.Find(manifest => Stem(manifest) is { } stem && stem == Stem(pairs[i].After)) is { } was)
            {
                left.Remove(was);
                pairs[i] = (was, pairs[i].After);
            }
        }

        return [.. pairs.Select(pair => (pair.Before, (Manifest?)pair.After)), .. left.Select(manifest => ((Manifest?)manifest, (Manifest?)null))];
    }

    /// <summary>What stays the same of an object over its changes: a name that ends in a hash without it.</summary>
    public static string Lasting(Manifest manifest) => Stem(manifest) ?? $"{Name(manifest)}";

    /// <summary>Whether an object is named after its content.</summary>
    public static bool IsHashed(Manifest manifest) => Stem(manifest) is not null;

    private static (string Kind, string Namespace, string Name) Name(Manifest manifest) => (manifest.Kind, manifest.Namespace, manifest.Name);

    private static string? Stem(Manifest manifest) => Hashed.Contains(manifest.Kind) && HashSuffix().Match(manifest.Name) is { Success: true } match
        ? $"{manifest.Kind} {manifest.Namespace} {manifest.Name[..match.Index]}"
        : null;

    /// <summary>Ten hexadecimal digits, as here, or ten of the letters that kustomize uses.</summary>
    [GeneratedRegex("-([0-9a-f]{10}|[bcdfghkmt24-9]{10})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashSuffix();
}
