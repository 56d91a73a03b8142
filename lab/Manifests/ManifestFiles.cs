using System.Text.RegularExpressions;
using Lab.Commands;

namespace Lab.Manifests;

/// <summary>A folder with one YAML file an object, numbered in dependency order, so that <c>kubectl apply -f</c> on the folder is right.</summary>
public static partial class ManifestFiles
{
    /// <summary>Reads the objects of a folder's YAML files, in the order of the files' names.</summary>
    /// <exception cref="CommandException">There is no such folder, there are no manifests in it, one is not YAML, or holds what is no object.</exception>
    public static IReadOnlyList<Manifest> Read(string folder)
    {
        string[] files = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.y*ml").Order(StringComparer.Ordinal)] : [];
        if (files.Length == 0)
        {
            throw new CommandException($"there is no folder {folder} with manifests (*.yaml) in it");
        }

        (string Place, Manifest Manifest)[] objects = [.. from file in files from body in YamlText.ReadAll(file) select (file, new Manifest(body))];
        ManifestShape.Require(objects);
        return [.. objects.Select(one => one.Manifest)];
    }

    /// <summary>Writes the files and removes those of an earlier rendering; anything else in the folder stays.</summary>
    /// <remarks>A file that may hold a password is readable by its owner only.</remarks>
    public static void Write(string folder, IReadOnlyList<Manifest> manifests)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.GetFiles(folder, "*.yaml").Where(file => RenderedName().IsMatch(Path.GetFileName(file))))
        {
            File.Delete(old);
        }

        foreach (var (index, manifest) in manifests.Index())
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (manifest.Kind == "Secret")
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(Path.Combine(folder, Name(index, manifest)), options);
            writer.Write(ManifestYaml.Write(manifest));
        }
    }

    private static string Name(int index, Manifest manifest) => $"{index + 1:00}-{manifest.Kind.ToLowerInvariant()}-{manifest.Name}.yaml";

    [GeneratedRegex("^[0-9]{2,}-[a-z]+-[-a-z0-9.]+\\.yaml\\z", RegexOptions.CultureInvariant)]
    private static partial Regex RenderedName();
}
