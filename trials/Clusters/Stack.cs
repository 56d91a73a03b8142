using System.Text.Json;
using Cli.Evaluation;
using Lab.Manifests;

namespace Trials.Clusters;

/// <summary>Objects as the program makes them from settings, for clusters to run.</summary>
internal static class Stack
{
    // The passwords of a system stay the same when a test applies it again; they go with the process.
    private static readonly TemporaryFolder Kept = new();

    // A program's configuration comes from the environment, which all tests share.
    private static readonly SemaphoreSlim OneEvaluation = new(1);

    static Stack() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Kept.Dispose();

    /// <summary>The objects of one web system.</summary>
    public static async Task<IReadOnlyList<Manifest>> WebAsync(object settings) => (await EvaluateAsync("web", settings)).AtOnce;

    /// <summary>The objects of one MySQL system that may be applied together.</summary>
    public static async Task<IReadOnlyList<Manifest>> MySqlAsync(object settings) => (await MySqlObjectsAsync(settings)).AtOnce;

    /// <summary>All objects of one MySQL system.</summary>
    public static Task<StackObjects> MySqlObjectsAsync(object settings) => EvaluateAsync("mysql", settings);

    /// <summary>The objects of a program without configuration.</summary>
    public static Task<IReadOnlyList<Manifest>> OfProgramAsync(Func<IDictionary<string, object?>> program) => OneAtATimeAsync(async () =>
    {
        var recorder = new Recorder(_ => "no program of ours asks for one");
        await recorder.RunAsync("trial", "test", program);
        return (await StackObjects.OfAsync(recorder)).AtOnce;
    });

    private static async Task<StackObjects> EvaluateAsync(string kind, object settings)
    {
        using var folder = new TemporaryFolder();
        folder.Write("Pulumi.yaml", "name: statefulset");
        folder.Write("Pulumi.test.yaml", $"config: {{ 'statefulset:{kind}': [ {JsonSerializer.Serialize(settings)} ] }}");
        return await OneAtATimeAsync(() => StackEvaluation.ObjectsAsync(StackFile.Read(folder.Root, "test", []), new Passwords(Path.Combine(Kept.Root, "passwords.json"))));
    }

    private static async Task<T> OneAtATimeAsync<T>(Func<Task<T>> evaluate)
    {
        await OneEvaluation.WaitAsync();
        try
        {
            return await evaluate();
        }
        finally
        {
            OneEvaluation.Release();
        }
    }
}
