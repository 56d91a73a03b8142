using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>Registers resources: waits for all they depend on, asks the mocks, resolves their outputs.</summary>
internal sealed class Registrar(Deployment deployment)
{
    public async Task RegisterAsync(
        Resource resource, ResourceArgs args, ResourceOptions options, ImmutableDictionary<string, OutputPromise> promises)
    {
        try
        {
            var request = await PrepareAsync(resource, args, options).ConfigureAwait(false);
            var registered = await deployment.Monitor.RegisterAsync(resource, request).ConfigureAwait(false);
            promises["urn"].Set(registered.Urn, isKnown: true);
            if (resource is CustomResource)
            {
                promises["id"].Set(registered.Id, isKnown: registered.Id.Length > 0);
            }

            foreach (var (name, promise) in promises.Where(promise => promise.Key is not ("urn" or "id")))
            {
                if (registered.State.TryGetValue(name, out var wire))
                {
                    var data = Deserializer.Deserialize(wire);
                    promise.Set(Converter.Convert(data.Value, promise.ValueType), data.IsKnown, data.IsSecret);
                }
            }
        }
        catch (Exception error)
        {
            // Whoever waits for an output of this resource fails with it.
            foreach (var promise in promises.Values)
            {
                promise.TryFail(error);
            }

            throw;
        }
        finally
        {
            foreach (var promise in promises.Values)
            {
                promise.TrySetDefault(isKnown: deployment.Options.IsPreview == false);
            }
        }
    }

    public async Task RegisterOutputsAsync(Resource resource, Output<IDictionary<string, object?>> outputs)
    {
        var urn = await resource.Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var values = await outputs.GetValueAsync(whenUnknown: ImmutableDictionary<string, object?>.Empty).ConfigureAwait(false);
        var (wire, _) = await SerializeAsync("outputs", values).ConfigureAwait(false);
        await deployment.Monitor.RegisterOutputsAsync(urn, wire).ConfigureAwait(false);
    }

    private static async Task<RegistrationRequest> PrepareAsync(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        await WaitForOthersAsync(options).ConfigureAwait(false);
        var id = options.Id is null ? "" : await options.Id.ToOutput().GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        if (!string.IsNullOrEmpty(id) && resource is not CustomResource)
        {
            throw new ArgumentException("ResourceOptions.Id is only valid for a CustomResource");
        }

        var before = await options.DependsOn.ToOutput().GetValueAsync(whenUnknown: []).ConfigureAwait(false);
        var label = $"resource:{resource.GetResourceName()}[{resource.GetResourceType()}]";
        var (inputs, dependencies) = await SerializeAsync(label, args.ToDictionary().RemoveRange(["id", "urn"])).ConfigureAwait(false);
        var parent = options.Parent is { } owner ? owner.Urn
            : resource.GetResourceType() == Stack.RootType ? Output.Create("")
            : Deployment.Running.Stack.Urn;
        var parentUrn = await parent.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var provider = resource is CustomResource && options.Provider is { } given
            ? await given.ReferenceAsync().ConfigureAwait(false)
            : "";
        await Task.WhenAll(Reachable([.. before, .. dependencies]).Select(other => other.Urn.Data)).ConfigureAwait(false);
        await WaitForAliasesAsync(options).ConfigureAwait(false);
        return new RegistrationRequest(inputs, parentUrn, provider, id ?? "", (options as CustomResourceOptions)?.ImportId ?? "");
    }

    private static async Task WaitForOthersAsync(ResourceOptions options)
    {
        foreach (var other in await options.ReplaceWith.ToOutput().GetValueAsync(whenUnknown: []).ConfigureAwait(false))
        {
            await other.Urn.Data.ConfigureAwait(false);
        }

        await (options.DeletedWith?.Urn.Data ?? Task.CompletedTask).ConfigureAwait(false);
        await new Serializer().SerializeAsync("replacementTrigger", options.ReplacementTrigger).ConfigureAwait(false);
    }

    private static async Task WaitForAliasesAsync(ResourceOptions options)
    {
        foreach (var given in options.Aliases)
        {
            if (await given.ToOutput().GetValueAsync(whenUnknown: null!).ConfigureAwait(false) is { Urn: null } alias)
            {
                var parts = Output.All(alias.Name ?? "", alias.Type ?? "", alias.Stack ?? "", alias.Project ?? "", alias.ParentUrn ?? "");
                await parts.Data.ConfigureAwait(false);
                await (alias.Parent?.Urn.Data ?? Task.CompletedTask).ConfigureAwait(false);
            }
        }
    }

    private static async Task<(ImmutableDictionary<string, object?> Wire, HashSet<Resource> Dependencies)> SerializeAsync(
        string label, IEnumerable<KeyValuePair<string, object?>> values)
    {
        var wire = ImmutableDictionary.CreateBuilder<string, object?>();
        var serializer = new Serializer();
        foreach (var (name, value) in values)
        {
            try
            {
                if (await serializer.SerializeAsync($"{label}.{name}", value).ConfigureAwait(false) is { } given)
                {
                    wire[name] = given;
                }
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"error serializing property \"{name}\": {error.Message}", error);
            }
        }

        return (wire.ToImmutable(), serializer.Dependencies);
    }

    /// <summary>The resources themselves; for a component the custom ones under it, however deep, but none under those.</summary>
    private static HashSet<Resource> Reachable(IEnumerable<Resource> resources)
    {
        var seen = new HashSet<Resource>();
        var next = new Queue<Resource>(resources);
        while (next.TryDequeue(out var resource))
        {
            if (seen.Add(resource) && resource is ComponentResource)
            {
                foreach (var child in resource.Children())
                {
                    next.Enqueue(child);
                }
            }
        }

        seen.RemoveWhere(resource => resource is ComponentResource { IsRemote: false });
        return seen;
    }
}
