using System.Text.RegularExpressions;
using Lab.Manifests;

namespace Trials.Bench;

/// <summary>A chart of given objects, as charts are: what people choose, namespaces, images and numbers of servers, comes from its values.</summary>
internal static partial class HelmChart
{
    /// <summary>Writes it into an empty folder.</summary>
    public static void Write(string folder, IReadOnlyList<Manifest> manifests)
    {
        var values = new List<string>();
        var templates = Directory.CreateDirectory(Path.Combine(folder, "templates"));
        foreach (var (manifest, place) in manifests.Select((manifest, place) => (manifest, place)))
        {
            var text = ManifestYaml.Write(manifest).Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal);
            var template = Chosen().Replace(text, line =>
            {
                values.Add(line.Groups["value"].Value);
                return $"{line.Groups["key"].Value}{{{{ index .Values.chosen {values.Count - 1} }}}}";
            });
            File.WriteAllText(Path.Combine(templates.FullName, $"{place:00}-{manifest.Kind.ToLowerInvariant()}-{manifest.Name}.yaml"), template);
        }

        File.WriteAllText(Path.Combine(folder, "Chart.yaml"), "apiVersion: v2\nname: comparison\nversion: 1.0.0\n");
        File.WriteAllText(Path.Combine(folder, "values.yaml"), $"chosen:\n{string.Concat(values.Select(value => $"  - {value}\n"))}");
    }

    [GeneratedRegex(@"^(?<key> *(- )?(image|namespace|replicas): )(?<value>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Chosen();
}
