using System.Collections.Immutable;
using Pulumi.Testing;

namespace Lab.Evaluation;

/// <summary>Stands where Pulumi's engine would: it notes every resource in the order of registration and makes none of them.</summary>
internal sealed class Recorder(Passwords passwords) : IMocks
{
    private const string RandomPassword = "random:index/randomPassword:RandomPassword";

    private readonly List<RecordedResource> resources = [];
    private readonly Lock gate = new();

    /// <summary>What has been registered.</summary>
    public IReadOnlyList<RecordedResource> Resources => resources;

    /// <inheritdoc/>
    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        var resource = new RecordedResource(args.Type!, args.Name!, WireValue.ToJson(args.Inputs));
        lock (gate)
        {
            resources.Add(resource);
        }

        return Task.FromResult<(string?, object)>((args.Name, State(resource, args.Inputs)));
    }

    /// <inheritdoc/>
    public Task<object> CallAsync(MockCallArgs args) =>
        throw new NotSupportedException($"the program asks a provider ({args.Token}), and without an engine nobody can answer");

    private ImmutableDictionary<string, object> State(RecordedResource resource, ImmutableDictionary<string, object> inputs) => resource.Type switch
    {
        RandomPassword => inputs.SetItem("result", passwords.For(resource.Name)),
        _ when resource.IsKubernetes || resource.Type.StartsWith("infra:", StringComparison.Ordinal) => inputs,
        _ => throw new NotSupportedException($"the program registers a {resource.Type}, which the lab does not know"),
    };
}
