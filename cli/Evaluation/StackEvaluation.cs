using System.Text.Json;
using Lab.Commands;
using Lab.Manifests;
using Stacks;
using Stacks.Settings;

namespace Cli.Evaluation;

/// <summary>Runs the program in this process without an engine, in order to learn its resources.</summary>
internal static class StackEvaluation
{
    private const string ConfigVariable = "PULUMI_CONFIG";

    /// <summary>The stack's Kubernetes objects.</summary>
    /// <exception cref="CommandException">The settings cannot be used; the message has all that is wrong with them.</exception>
    public static async Task<StackObjects> ObjectsAsync(StackFile stack, Passwords passwords) => await StackObjects.OfAsync(await RunAsync(stack, passwords));

    /// <summary>The stack's Kubernetes objects that may be applied together, in dependency order.</summary>
    /// <exception cref="CommandException">The settings cannot be used; the message has all that is wrong with them.</exception>
    public static async Task<IReadOnlyList<Manifest>> ManifestsAsync(StackFile stack, Passwords passwords) => (await ObjectsAsync(stack, passwords)).AtOnce;

    /// <summary>Everything that the stack registers.</summary>
    /// <exception cref="CommandException">The settings cannot be used; the message has all that is wrong with them.</exception>
    public static async Task<Recorder> RunAsync(StackFile stack, Passwords passwords)
    {
        var recorder = await RunAsync(stack, passwords.For);
        passwords.Save();
        return recorder;
    }

    /// <summary>Everything that the stack registers.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="passwords">The password that a resource of that name gets.</param>
    /// <exception cref="CommandException">The settings cannot be used; the message has all that is wrong with them.</exception>
    public static async Task<Recorder> RunAsync(StackFile stack, Func<string, string?> passwords)
    {
        // Read before the program runs: its own reading would come back wrapped by the SDK.
        CheckSettings(stack);
        var recorder = new Recorder(passwords);
        Environment.SetEnvironmentVariable(
            ConfigVariable, JsonSerializer.Serialize(stack.Config.ToDictionary(pair => $"{stack.Project}:{pair.Key}", pair => pair.Value)));
        await recorder.RunAsync(stack.Project, stack.Stack, StackProgram.Define);
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
