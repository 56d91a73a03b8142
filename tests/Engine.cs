using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Lab.Evaluation;
using Moq;
using Pulumi;
using Pulumi.Testing;
using Xunit;

namespace Tests;

/// <summary>A mocked engine that notes what is registered, in order, and refuses what it does not know.</summary>
internal sealed class Engine
{
    private readonly Mock<IMocks> mocks = new(MockBehavior.Strict);
    private readonly Lock gate = new();
    private readonly List<RecordedResource> begun = [];

    public Engine()
    {
        mocks.Setup(engine => engine.NewResourceAsync(It.IsAny<MockResourceArgs>())).Returns<MockResourceArgs>(RegisterAsync);
        mocks.Setup(engine => engine.RegisterResourceOutputs(It.IsAny<MockRegisterResourceOutputsRequest>())).Returns(Task.CompletedTask);
    }

    /// <summary>What happens before a registration is answered; nothing unless a test slows one down.</summary>
    public Func<RecordedResource, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>An object that the engine answers to have another name than it was given, to see where that name goes.</summary>
    public (string Kind, string Name, string By)? Renamed { get; init; }

    /// <summary>Everything whose registration has begun, in order.</summary>
    public IReadOnlyList<RecordedResource> Begun
    {
        get
        {
            lock (gate)
            {
                return [.. begun];
            }
        }
    }

    /// <summary>The inputs of the only resource of a kind, such as "StatefulSet".</summary>
    public JsonObject Only(string kind) => Assert.Single(All(kind));

    /// <summary>The inputs of every resource of a kind.</summary>
    public IReadOnlyList<JsonObject> All(string kind) => [.. Begun.Where(resource => resource.Type.EndsWith($":{kind}", StringComparison.Ordinal)).Select(resource => resource.Inputs)];

    /// <summary>The inputs of the resource of a kind whose metadata has that name.</summary>
    public JsonObject Named(string kind, string name) => Assert.Single(All(kind), inputs => inputs["metadata"]?["name"]?.GetValue<string>() == name);

    /// <summary>Runs a program to its end.</summary>
    public async Task<IDictionary<string, object?>> RunAsync(Func<IDictionary<string, object?>> program)
    {
        var (_, outputs) = await Deployment.TestAsync(mocks.Object, new TestOptions { ProjectName = "statefulset", StackName = "test", IsPreview = false }, program);
        return outputs;
    }

    /// <summary>Runs a program without outputs to its end.</summary>
    public Task RunAsync(Action program) => RunAsync(() =>
    {
        program();
        return new Dictionary<string, object?>();
    });

    private async Task<(string? id, object state)> RegisterAsync(MockResourceArgs args)
    {
        var resource = new RecordedResource(args.Type!, args.Name!, WireValue.ToJson(args.Inputs));
        lock (gate)
        {
            begun.Add(resource);
        }

        await Before(resource);
        return (args.Name, State(resource, Rename(resource, args.Inputs)));
    }

    private ImmutableDictionary<string, object> Rename(RecordedResource resource, ImmutableDictionary<string, object> inputs) =>
        Renamed is { } renamed
        && resource.Type.EndsWith($":{renamed.Kind}", StringComparison.Ordinal)
        && resource.Inputs["metadata"]?["name"]?.GetValue<string>() == renamed.Name
            ? inputs.SetItem("metadata", ((ImmutableDictionary<string, object>)inputs["metadata"]).SetItem("name", renamed.By))
            : inputs;

    private static ImmutableDictionary<string, object> State(RecordedResource resource, ImmutableDictionary<string, object> inputs) => resource.Type switch
    {
        "random:index/randomPassword:RandomPassword" => inputs.SetItem("result", $"password of {resource.Name}"),
        _ when resource.IsKubernetes || resource.Type.StartsWith("infra:", StringComparison.Ordinal) => inputs,
        _ => throw new InvalidOperationException($"no test expects a {resource.Type}"),
    };
}
