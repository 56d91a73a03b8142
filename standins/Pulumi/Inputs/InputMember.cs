using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>A field or property marked as an input. Found once a type.</summary>
internal sealed record InputMember(InputAttribute Input, string Name, Func<object, object?> Get)
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly ConcurrentDictionary<Type, ImmutableArray<InputMember>> Known = new();

    public static ImmutableArray<InputMember> Of(Type type) => Known.GetOrAdd(type, Find);

    private static ImmutableArray<InputMember> Find(Type type)
    {
        var members = ImmutableArray.CreateBuilder<InputMember>();
        foreach (var field in type.GetFields(Instance))
        {
            if (field.GetCustomAttribute<InputAttribute>() is { } input)
            {
                members.Add(new InputMember(input, field.Name, field.GetValue));
            }
        }

        foreach (var property in type.GetProperties(Instance))
        {
            if (property.GetCustomAttribute<InputAttribute>() is { } input)
            {
                members.Add(new InputMember(input, property.Name, Getter.Of(property)));
            }
        }

        return members.ToImmutable();
    }
}
