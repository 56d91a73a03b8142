using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>Gives the output properties of a resource their outputs, to be resolved after its registration.</summary>
internal static class OutputPromises
{
    private static readonly ConcurrentDictionary<(Type Type, bool UrnOnly), ImmutableArray<OutputSlot>> Known = new();

    /// <summary>A promise for each output property, by wire name. A component sets its own outputs: there it is only the URN.</summary>
    public static ImmutableDictionary<string, OutputPromise> Make(Resource resource, bool remote)
    {
        var promises = ImmutableDictionary.CreateBuilder<string, OutputPromise>();
        foreach (var slot in Known.GetOrAdd((resource.GetType(), resource is ComponentResource && !remote), Find))
        {
            promises.Add(slot.Name, slot.Fill(resource));
        }

        return promises.ToImmutable();
    }

    private static ImmutableArray<OutputSlot> Find((Type Type, bool UrnOnly) key)
    {
        var slots = ImmutableArray.CreateBuilder<OutputSlot>();
        foreach (var property in key.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if ((!key.UrnOnly || property.DeclaringType == typeof(Resource)) && property.GetCustomAttribute<OutputAttribute>() is { } mark)
            {
                slots.Add(OutputSlot.Of(key.Type, property, mark));
            }
        }

        return slots.ToImmutable();
    }
}
