using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>The engine's side of a deployment under mocks.</summary>
internal sealed class MockMonitor(IMocks mocks)
{
    private readonly List<Resource> _resources = [];

    /// <summary>Everything registered so far, in order.</summary>
    public ImmutableArray<Resource> Resources
    {
        get
        {
            lock (_resources)
            {
                return [.. _resources];
            }
        }
    }

    public async Task<Registered> RegisterAsync(Resource resource, RegistrationRequest request)
    {
        var type = resource.GetResourceType();
        var urn = MakeUrn(request.ParentUrn, type, resource.GetResourceName());
        var isRead = request.Id.Length > 0;
        if (!isRead)
        {
            Add(resource);
        }

        if (type == Stack.RootType)
        {
            return new Registered(urn, "", ImmutableDictionary<string, object?>.Empty);
        }

        var (id, state) = await mocks.NewResourceAsync(new MockResourceArgs
        {
            Type = type,
            Name = resource.GetResourceName(),
            Inputs = Deserializer.Known(request.Inputs),
            Provider = request.Provider,
            Id = isRead ? request.Id : request.ImportId,
        }).ConfigureAwait(false);
        var wire = await SerializeAsync(state).ConfigureAwait(false);
        if (isRead)
        {
            Add(resource);
        }

        return new Registered(urn, isRead ? request.Id : id ?? request.ImportId, wire);
    }

    public Task RegisterOutputsAsync(string urn, ImmutableDictionary<string, object?> wire) => mocks.RegisterResourceOutputs(
        new MockRegisterResourceOutputsRequest(
            urn, wire.ToImmutableDictionary(output => output.Key, output => new Output<object?>(Deserializer.Deserialize(output.Value)))));

    private static string MakeUrn(string parent, string type, string name)
    {
        // The mocked engine puts the outermost type before a resource's own, whatever stands between.
        var qualified = parent.Length == 0 ? type : $"{parent.Split("::")[2].Split('$')[0]}${type}";
        return $"urn:pulumi:{Deployment.Instance.StackName}::{Deployment.Instance.ProjectName}::{qualified}::{name}";
    }

    private static async Task<ImmutableDictionary<string, object?>> SerializeAsync(object state)
    {
        var values = state is IDictionary<string, object> dictionary ? dictionary.ToImmutableDictionary() : state;
        return await new Serializer().SerializeAsync("", values).ConfigureAwait(false) as ImmutableDictionary<string, object?>
            ?? throw new InvalidOperationException($"{state.GetType().FullName} is not a supported argument type");
    }

    private void Add(Resource resource)
    {
        lock (_resources)
        {
            _resources.Add(resource);
        }
    }
}
