using System.CommandLine;
using Cli.Evaluation;
using Cli.Manifests;
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
            var evaluated = await StackEvaluation.ManifestsAsync(stack.Read(parsed), ProjectFolder.Passwords(stack.Name(parsed)));
            var shown = parsed.GetValue(showSecrets) ? evaluated : [.. evaluated.Select(SecretMask.Apply)];
            if (parsed.GetValue(folder) is { } target)
            {
                ManifestFiles.Write(target, shown);
            }
            else
            {
                await Console.Out.WriteAsync(string.Join("---\n", shown.Select(ManifestYaml.Write)));
            }

            return 0;
        });
        return command;
    }
}
