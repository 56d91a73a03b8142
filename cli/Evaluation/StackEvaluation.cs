using System.Text.Json;
using Cli.Manifests;
using Lab.Commands;
using Lab.Manifests;
using Stacks;
using Stacks.Settings;

namespace Cli.Evaluation;

/// <summary>Runs the program in this process without an engine, in order to learn its resources.</summary>
internal static class StackEvaluation
{
    private const string ConfigVariable = "PULUMI_CONFIG";

    /// <summary>The stack's Kubernetes objects in dependency order.</summary>
    /// <exception cref="CommandException">The settings cannot be used; the message has all that is wrong with them.</exception>
    public static async Task<IReadOnlyList<Manifest>> ManifestsAsync(StackFile stack, Passwords passwords) => Manifests(await RunAsync(stack, passwords));

    /// <summary>The stack's Kubernetes objects in the order in which YAML shows them.</summary>
    public static IReadOnlyList<Manifest> Manifests(Recorder recorder) =>
        DependencyOrder.Sort(recorder.Begun.Where(resource => resource.IsKubernetes).Select(resource => new Manifest(resource.Inputs)));

    /// <summary>Everything that the stack registers.</summary>
    /// <exception cref="CommandException">The settings cannot be used; the message has all that is wrong with them.</exception>
    public static async Task<Recorder> RunAsync(StackFile stack, Passwords passwords)
    {
        // Read before the program runs: its own reading would come back wrapped by the SDK.
        CheckSettings(stack);
        var recorder = new Recorder(passwords.For);
        Environment.SetEnvironmentVariable(
            ConfigVariable, JsonSerializer.Serialize(stack.Config.ToDictionary(pair => $"{stack.Project}:{pair.Key}", pair => pair.Value)));
        await recorder.RunAsync(stack.Project, stack.Stack, StackProgram.Define);
        passwords.Save();
        return recorder;
    }

    private static void CheckSettings(StackFile stack)
    {
        try
        {
            StackSettings.Read(stack.Config);
        }
        catch (SettingsException wrong)
        {
            throw new CommandException($"{stack.Source}: {wrong.Message}");
        }
    }
}
