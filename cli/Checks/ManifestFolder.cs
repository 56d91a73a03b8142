using System.Text.Json.Nodes;
using Lab.Commands;
using Lab.Manifests;

namespace Cli.Checks;

/// <summary>A folder of manifests, whoever rendered it: YAML or JSON, a file or many, in folders within it, too.</summary>
internal static class ManifestFolder
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>The objects, in the order of the files' names. What is no object, such as values of a chart, is passed over.</summary>
    /// <exception cref="CommandException">There is no such folder, no object in it, a file that is not YAML, or an object that is none.</exception>
    public static IReadOnlyList<ManifestSource> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandException($"there is no folder {folder}");
        }

        IReadOnlyList<ManifestSource> objects =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => Endings.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal)
                .SelectMany(InFile),
        ];
        ManifestShape.Require(objects.Select(one => ($"{one.File}:{one.Line}", one.Manifest)));
        return objects.Count > 0 ? objects : throw new CommandException($"there is no Kubernetes object in {folder} (*.yaml, *.yml, *.json)");
    }

    private static IEnumerable<ManifestSource> InFile(string file)
    {
        var documents = YamlText.ReadAll(file);
        var lines = Starts(File.ReadAllLines(file));
        return
            from document in documents.Index()
            // Where the two do not count alike, the file itself is where to look.
            let line = lines.Count == documents.Count ? lines[document.Index] : 1
            from body in Objects(document.Item)
            select new ManifestSource(new Manifest(body), file, line);
    }

    /// <summary>An object, or those of a list such as <c>kubectl get -o yaml</c> writes.</summary>
    private static IEnumerable<JsonObject> Objects(JsonObject document) =>
        document["items"] is JsonArray items && $"{document["kind"]}".EndsWith("List", StringComparison.Ordinal) ? items.OfType<JsonObject>().SelectMany(Objects)
        : document["kind"] is JsonValue && document["apiVersion"] is JsonValue ? [document]
        : [];

    /// <summary>The first line of each document that says anything.</summary>
    private static List<int> Starts(string[] lines)
    {
        var (starts, isOpen) = (new List<int>(), false);
        foreach (var (index, line) in lines.Index())
        {
            if (line.StartsWith("---", StringComparison.Ordinal))
            {
                isOpen = false;
            }
            else if (!isOpen && line.AsSpan().TrimStart() is { Length: > 0 } text && text[0] != '#')
            {
                isOpen = true;
                starts.Add(index + 1);
            }
        }

        return starts;
    }
}
