using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Turns wire values into plain ones, and says whether anything within was unknown or secret.</summary>
internal static class Deserializer
{
    public static OutputData<object?> Deserialize(object? wire) => wire switch
    {
        Unknown => OutputData<object?>.Unknown(null),
        Secret secret => Deserialize(secret.Value) with { IsSecret = true },
        ResourceReference reference => OutputData<object?>.Of(new DependencyResource(Deserialize(reference.Urn).Value as string ?? "")),
        ImmutableArray<object?> list => List(list),
        ImmutableDictionary<string, object?> fields => Fields(fields),
        _ => OutputData<object?>.Of(wire),
    };

    /// <summary>The values at the top level; one with anything unknown within is left out whole.</summary>
    public static ImmutableDictionary<string, object> Known(ImmutableDictionary<string, object?> wire)
    {
        var known = ImmutableDictionary.CreateBuilder<string, object>();
        foreach (var (name, value) in wire)
        {
            if (Deserialize(value) is { IsKnown: true, Value: { } plain })
            {
                known.Add(name, plain);
            }
        }

        return known.ToImmutable();
    }

    private static OutputData<object?> List(ImmutableArray<object?> wire)
    {
        var items = wire.Select(Deserialize).ToList();
        return new OutputData<object?>(
            [],
            items.Select(item => item.Value).ToImmutableArray(),
            items.TrueForAll(item => item.IsKnown),
            items.Exists(item => item.IsSecret));
    }

    private static OutputData<object?> Fields(ImmutableDictionary<string, object?> wire)
    {
        // Names that begin with two underscores are the engine's own.
        var fields = wire.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal))
            .Select(field => (field.Key, Data: Deserialize(field.Value))).ToList();
        return new OutputData<object?>(
            [], fields.ToImmutableDictionary(field => field.Key, field => field.Data.Value),
            fields.TrueForAll(field => field.Data.IsKnown), fields.Exists(field => field.Data.IsSecret));
    }
}
