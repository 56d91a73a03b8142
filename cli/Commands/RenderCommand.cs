using System.CommandLine;
using Cli.Evaluation;
using Cli.Manifests;
using Cli.Sides;
using Lab.Manifests;

namespace Cli.Commands;

/// <summary>Prints a stack's Kubernetes objects, or writes a file for each.</summary>
internal static class RenderCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("render", "print the stack's Kubernetes objects in dependency order");
        var stack = new StackOptions(command);
        var folder = new Option<string?>("--out", "-o") { Description = "write one file an object into this folder instead", HelpName = "folder" };
        var showSecrets = new Option<bool>("--show-secrets") { Description = "show passwords instead of masking them" };
        command.Options.Add(folder);
        command.Options.Add(showSecrets);
        command.SetAction(async parsed =>
        {
            var evaluated = await StackEvaluation.ObjectsAsync(stack.Read(parsed), ProjectFolder.Passwords(stack.Name(parsed)));
            IReadOnlyList<Manifest> shown = parsed.GetValue(showSecrets) ? evaluated.AtOnce : [.. evaluated.AtOnce.Select(SecretMask.Apply)];
            if (parsed.GetValue(folder) is { } target)
            {
                ManifestFiles.Write(target, shown);
                ManifestFiles.Write(Path.Combine(target, RenderedFolder.OnceReady), evaluated.OnceReady);
            }
            else
            {
                await Console.Out.WriteAsync(string.Join("---\n", shown.Select(ManifestYaml.Write)));
                await Console.Out.WriteAsync(Later(evaluated.OnceReady));
            }

            return 0;
        });
        return command;
    }

    // As a comment: who applies this text applies all of it at once.
    private static string Later(IReadOnlyList<Manifest> objects) => objects.Count == 0
        ? string.Empty
        : "# Once all pods are ready, and not before:\n" + string.Concat(
            string.Join("---\n", objects.Select(ManifestYaml.Write)).TrimEnd('\n').Split('\n').Select(line => $"# {line}".TrimEnd() + "\n"));
}
