using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>The configuration as the environment gives it: <c>PULUMI_CONFIG</c> holds one JSON object, key by key.</summary>
internal static class EnvironmentSettings
{
    private const string OldMark = "config:";

    public static ImmutableDictionary<string, string> Read()
    {
        var settings = ImmutableDictionary.CreateBuilder<string, string>();
        if (Environment.GetEnvironmentVariable("PULUMI_CONFIG") is { } text)
        {
            using var document = JsonDocument.Parse(text);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                settings[Clean(property.Name)] = property.Value.ToString();
            }
        }

        return settings.ToImmutable();
    }

    /// <summary><c>project:config:key</c> is an old way to write <c>project:key</c>.</summary>
    private static string Clean(string key)
    {
        var afterProject = key.IndexOf(':', StringComparison.Ordinal) + 1;
        return afterProject > 1 && key[afterProject..].StartsWith(OldMark, StringComparison.Ordinal)
            ? key[..afterProject] + key[(afterProject + OldMark.Length)..]
            : key;
    }
}
