using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cli.Evaluation;
using Pulumi;
using Pulumi.Utilities;
using Stacks;
using Xunit;

namespace Tests;

/// <summary>The mocked engine as tests use it: it runs a program and shows what was registered, with everything that one says of a resource.</summary>
internal sealed class Engine
{
    /// <summary>The project of every program that a test runs.</summary>
    public const string Project = "statefulset";

    /// <summary>The stack of every program that a test runs.</summary>
    public const string StackName = "test";

    private const string ConfigVariable = "PULUMI_CONFIG";

    private readonly Recorder recorder;

    public Engine() => recorder = new Recorder(resource => Preview ? null : $"password of {resource}") { Before = resource => Before(resource), Answer = Rename };

    /// <summary>What happens before a registration is answered; nothing unless a test holds one back.</summary>
    public Func<RecordedResource, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>An object that the engine answers to have another name than it was given, to see where that name goes.</summary>
    public (string Kind, string Name, string By)? Renamed { get; init; }

    /// <summary>Whether the run is a preview, in which no password is known.</summary>
    public bool Preview { get; init; }

    /// <summary>What it notes.</summary>
    public Recorder Recorder => recorder;

    /// <summary>Everything whose registration has begun, in order.</summary>
    public IReadOnlyList<RecordedResource> Begun => recorder.Begun;

    /// <summary>Everything that the program made, whether its registration has begun or not; the stack itself is left out.</summary>
    public IReadOnlyList<RecordedResource> Announced => [.. recorder.Announced.Where(resource => resource.Resource is not Stack)];

    /// <summary>The inputs of the only resource of a kind, such as "StatefulSet".</summary>
    public JsonObject Only(string kind) => Assert.Single(All(kind));

    /// <summary>The one ConfigMap with configuration files and scripts.</summary>
    public JsonObject Configuration => Assert.Single(All("ConfigMap"), map => map["data"]?["lib.sh"] is not null && map["data"]!["backup.sh"] is null);

    /// <summary>The inputs of every resource of a kind.</summary>
    public IReadOnlyList<JsonObject> All(string kind) => [.. Begun.Where(resource => resource.Kind == kind).Select(resource => resource.Inputs)];

    /// <summary>The inputs of the resource of a kind whose metadata has that name.</summary>
    public JsonObject Named(string kind, string name) => Assert.Single(All(kind), inputs => NameOf(inputs) == name);

    /// <summary>The graph of what was registered.</summary>
    public Task<RecordedGraph> GraphAsync() => RecordedGraph.OfAsync(recorder);

    /// <summary>What the stack told as its outputs.</summary>
    public async Task<RecordedOutputs> StackOutputsAsync()
    {
        var stack = Assert.Single(recorder.Announced, resource => resource.Resource is Stack).Resource;
        return await RecordedOutputs.OfAsync(recorder, await OutputUtilities.GetValueAsync(stack.Urn));
    }

    /// <summary>Runs a program to its end.</summary>
    public Task<IDictionary<string, object?>> RunAsync(Func<IDictionary<string, object?>> program) => recorder.RunAsync(Project, StackName, program, Preview);

    /// <summary>Runs the stack program over a configuration: values by their keys, lists and sections as JSON.</summary>
    public async Task<IDictionary<string, object?>> RunStackAsync(IReadOnlyDictionary<string, string> config)
    {
        Environment.SetEnvironmentVariable(ConfigVariable, JsonSerializer.Serialize(config.ToDictionary(pair => $"{Project}:{pair.Key}", pair => pair.Value)));
        try
        {
            return await RunAsync(StackProgram.Define);
        }
        finally
        {
            Environment.SetEnvironmentVariable(ConfigVariable, null);
        }
    }

    /// <summary>Runs a program without outputs to its end.</summary>
    public Task RunAsync(Action program) => RunAsync(() =>
    {
        program();
        return new Dictionary<string, object?>();
    });

    private ImmutableDictionary<string, object> Rename(RecordedResource resource, ImmutableDictionary<string, object> inputs) =>
        Renamed is { } renamed && resource.Kind == renamed.Kind && NameOf(resource.Inputs) == renamed.Name
            ? inputs.SetItem("metadata", ((ImmutableDictionary<string, object>)inputs["metadata"]).SetItem("name", renamed.By))
            : inputs;

    private static string? NameOf(JsonObject inputs) => inputs["metadata"]?["name"]?.GetValue<string>();
}
