using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;

namespace Cli.Evaluation;

/// <summary>
/// Stands where Pulumi's engine would: it notes every resource in the order of registration and makes none of them. What a program says of a
/// resource reaches it in two halves: arguments and options by a transformation of the stack, inputs and provider when the resource is registered.
/// </summary>
/// <param name="passwords">The random password of a resource by its name; nothing for one that is not known yet, as in a preview.</param>
internal sealed class Recorder(Func<string, string?> passwords) : IMocks
{
    private const string RandomPassword = "random:index/randomPassword:RandomPassword";
    private const string ProviderTypes = "pulumi:providers:";

    private readonly Lock gate = new();
    private readonly List<RecordedResource> announced = [];
    private readonly Dictionary<(string Type, string Name), Queue<RecordedResource>> awaited = [];
    private readonly List<RecordedResource> begun = [];
    private readonly Dictionary<string, ImmutableDictionary<string, Output<object?>>> outputs = [];

    /// <summary>What happens between the beginning of a registration and its answer; nothing unless a test holds one back.</summary>
    public Func<RecordedResource, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>What the engine answers a resource to be; what it was given unless a test has the cluster change something.</summary>
    public Func<RecordedResource, ImmutableDictionary<string, object>, ImmutableDictionary<string, object>> Answer { get; init; } = (_, inputs) => inputs;

    /// <summary>Everything whose registration has begun, in that order; a resource begins when all that it depends on has been answered.</summary>
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

    /// <summary>Everything that the program made, whether its registration has begun or not.</summary>
    public IReadOnlyList<RecordedResource> Announced
    {
        get
        {
            lock (gate)
            {
                return [.. announced];
            }
        }
    }

    /// <summary>What a component, or the stack, told as its outputs, by the URN that the SDK gives it without an engine.</summary>
    public IReadOnlyDictionary<string, ImmutableDictionary<string, Output<object?>>> Outputs => outputs;

    /// <summary>Runs a program to its end and returns its outputs.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="program">The program.</param>
    /// <param name="preview">Whether what nobody knows before an update stays unknown.</param>
    /// <exception cref="RunException">The program failed.</exception>
    public async Task<IDictionary<string, object?>> RunAsync(string project, string stack, Func<IDictionary<string, object?>> program, bool preview = false)
    {
        var run = new RecordedRun(Announce, program);
        await Deployment.TestWithServiceProviderAsync<RecordedRun.ProgramStack>(
            this, run, new TestOptions { ProjectName = project, StackName = stack, IsPreview = preview });
        return run.Outputs;
    }

    /// <inheritdoc/>
    public async Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        var resource = Begin(args);
        await Before(resource).ConfigureAwait(false);
        return (args.Name, State(resource, Answer(resource, args.Inputs)));
    }

    /// <inheritdoc/>
    public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args)
    {
        lock (gate)
        {
            // The SDK ends a stack that declares no outputs with an empty list of its own.
            outputs.TryAdd(args.Urn, args.Outputs);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<object> CallAsync(MockCallArgs args) =>
        throw new NotSupportedException($"the program asks a provider ({args.Token}), and without an engine nobody can answer");

    private ResourceTransformationResult? Announce(ResourceTransformationArgs made)
    {
        var resource = new RecordedResource(made.Resource, made.Resource.GetResourceType(), made.Resource.GetResourceName(), made.Args, made.Options);
        lock (gate)
        {
            announced.Add(resource);
            if (!awaited.TryGetValue((resource.Type, resource.Name), out var same))
            {
                awaited[(resource.Type, resource.Name)] = same = new Queue<RecordedResource>();
            }

            same.Enqueue(resource);
        }

        return null;
    }

    /// <summary>Two resources of one type and name are told apart by the order in which they were made: under different parents that is allowed.</summary>
    private RecordedResource Begin(MockResourceArgs args)
    {
        lock (gate)
        {
            var resource = awaited[(args.Type!, args.Name!)].Dequeue() with
            {
                Inputs = WireValue.ToJson(args.Inputs),
                Provider = args.Provider ?? string.Empty,
            };
            begun.Add(resource);
            return resource;
        }
    }

    private ImmutableDictionary<string, object> State(RecordedResource resource, ImmutableDictionary<string, object> inputs) => resource.Type switch
    {
        // The provider marks the result as secret; without an engine the answer has to.
        RandomPassword => passwords(resource.Name) is { } password ? inputs.SetItem("result", Output.CreateSecret(password)) : inputs,
        _ when resource.IsKubernetes || resource.Resource is ComponentResource || resource.Type.StartsWith(ProviderTypes, StringComparison.Ordinal) => inputs,
        _ => throw new NotSupportedException($"the program registers a {resource.Type}, which nobody here knows how to answer"),
    };
}
