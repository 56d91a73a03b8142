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
        var fields = type.GetFields(Instance).Select(field => From(field, field.GetValue));
        var properties = type.GetProperties(Instance).Select(property => From(property, property.GetValue));
        return [.. fields.Concat(properties).OfType<InputMember>()];
    }

    private static InputMember? From(MemberInfo member, Func<object, object?> get) =>
        member.GetCustomAttribute<InputAttribute>() is { } input ? new InputMember(input, member.Name, get) : null;
}
