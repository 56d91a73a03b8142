using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>Gives the output properties of a resource their outputs, to be resolved after its registration.</summary>
internal static class OutputPromises
{
    private static readonly ConcurrentDictionary<Type, ImmutableArray<Slot>> Known = new();

    /// <summary>A promise for each output property, by wire name. A component sets its own outputs: there it is only the URN.</summary>
    public static ImmutableDictionary<string, OutputPromise> Make(Resource resource, bool remote)
    {
        var promises = ImmutableDictionary.CreateBuilder<string, OutputPromise>();
        foreach (var slot in Known.GetOrAdd(resource.GetType(), Find))
        {
            if (resource is ComponentResource && !remote && slot.Property.DeclaringType != typeof(Resource))
            {
                continue;
            }

            var promise = slot.MakePromise(resource);
            slot.Property.SetValue(resource, promise.Output);
            promises.Add(slot.Name, promise);
        }

        return promises.ToImmutable();
    }

    private static ImmutableArray<Slot> Find(Type type)
    {
        var marked = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, mark: property.GetCustomAttribute<OutputAttribute>()))
            .Where(both => both.mark is not null);
        return [.. marked.Select(both => Slot.Of(type, both.property, both.mark!))];
    }

    private sealed record Slot(string Name, PropertyInfo Property, Type? ValueType, string Context)
    {
        public static Slot Of(Type type, PropertyInfo property, OutputAttribute mark)
        {
            var valueType = property.PropertyType is { IsConstructedGenericType: true } generic &&
                generic.GetGenericTypeDefinition() == typeof(Output<>) ? generic.GenericTypeArguments[0] : null;
            // A private setter is found through the type that declares it.
            const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
            var declared = property.DeclaringType!.GetProperty(property.Name, own)!;
            return new Slot(mark.Name ?? property.Name, declared, valueType, $"[Output] {type.FullName}.{property.Name}");
        }

        public OutputPromise MakePromise(Resource resource)
        {
            if (ValueType is null)
            {
                throw RunException.OutputsHaveIncorrectType([Name]);
            }

            if (!Property.CanWrite)
            {
                throw new InvalidOperationException($"{Context} did not have a 'set' method");
            }

            OutputShape.Check(Context, ValueType);
            return (OutputPromise)Activator.CreateInstance(typeof(OutputPromise<>).MakeGenericType(ValueType), resource)!;
        }
    }
}
