using System.Text.Json;
using Lab.Evaluation;
using Lab.Manifests;

namespace Tests.Clusters;

/// <summary>Objects as the program makes them from settings, for clusters to run.</summary>
internal static class Stack
{
    // The passwords of a system stay the same when a test applies it again; they go with the process.
    private static readonly TemporaryFolder Kept = new();

    static Stack() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Kept.Dispose();

    /// <summary>The objects of one web system.</summary>
    public static Task<IReadOnlyList<Manifest>> WebAsync(object settings) => EvaluateAsync("web", settings);

    /// <summary>The objects of one MySQL system.</summary>
    public static Task<IReadOnlyList<Manifest>> MySqlAsync(object settings) => EvaluateAsync("mysql", settings);

    private static async Task<IReadOnlyList<Manifest>> EvaluateAsync(string kind, object settings)
    {
        using var folder = new TemporaryFolder();
        folder.Write("Pulumi.yaml", "name: statefulset");
        folder.Write("Pulumi.test.yaml", $"config: {{ 'statefulset:{kind}': [ {JsonSerializer.Serialize(settings)} ] }}");
        return await StackEvaluation.ManifestsAsync(StackFile.Read(folder.Root, "test", []), new Passwords(Path.Combine(Kept.Root, "passwords.json")));
    }
}
