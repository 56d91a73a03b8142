using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi;

/// <summary>What the types of outputs look like. Everything found by reflection is kept.</summary>
internal static class OutputShape
{
    private static readonly ImmutableHashSet<Type> Basic =
        [typeof(bool), typeof(int), typeof(double), typeof(string), typeof(object), typeof(JsonElement)];

    private static readonly ConcurrentDictionary<Type, bool> Sound = new();
    private static readonly ConcurrentDictionary<Type, ConstructorInfo?> Constructors = new();
    private static readonly ConcurrentDictionary<ConstructorInfo, ImmutableArray<(string Name, Type Type)>> AllParameters = new();

    /// <summary>Fails unless values of the type can be made from the wire.</summary>
    public static void Check(string context, Type type)
    {
        // A type may contain itself: it counts as sound while it is looked at.
        if (Basic.Contains(type) || typeof(Resource).IsAssignableFrom(type) || !Sound.TryAdd(type, true))
        {
            return;
        }

        try
        {
            CheckParts(context, type);
        }
        catch
        {
            Sound.TryRemove(type, out _);
            throw;
        }
    }

    public static bool IsEnumType(Type type) => type.IsValueType && type.IsDefined(typeof(EnumTypeAttribute));

    public static ConstructorInfo? EnumConstructor(Type type, Type value) =>
        type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [value]);

    public static ConstructorInfo? Constructor(Type type) => Constructors.GetOrAdd(type, FindConstructor);

    public static ImmutableArray<(string Name, Type Type)> Parameters(ConstructorInfo constructor) => AllParameters.GetOrAdd(
        constructor,
        found => [.. found.GetParameters().Select(parameter =>
            (parameter.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? parameter.Name!, parameter.ParameterType))]);

    /// <summary>The value within an enum type, or the fields of an output type by wire name.</summary>
    public static bool TryTakeApart(object value, out object? parts)
    {
        var type = value.GetType();
        if (IsEnumType(type) && type.GetMethod("op_Explicit", BindingFlags.Public | BindingFlags.Static, [type]) is { } toBasic)
        {
            parts = toBasic.Invoke(null, [value]);
            return true;
        }

        parts = type.IsDefined(typeof(OutputTypeAttribute))
            ? type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(field => field.IsInitOnly)
                .ToDictionary(field => char.ToLowerInvariant(field.Name[0]) + field.Name[1..], field => field.GetValue(value))
            : null;
        return parts is not null;
    }

    /// <summary>Whether a list is an immutable array that was never made; it has no length to ask for.</summary>
    public static bool IsDefaultArray(IList list) =>
        list.GetType() is { IsConstructedGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) &&
        (bool)type.GetProperty(nameof(ImmutableArray<>.IsDefaultOrEmpty))!.GetValue(list)!;

    private static void CheckParts(string context, Type type)
    {
        if ((type.IsEnum && type.GetEnumUnderlyingType() == typeof(int)) || IsEnumType(type))
        {
            return;
        }

        if (type.IsConstructedGenericType)
        {
            CheckGeneric(context, type);
            return;
        }

        if (!type.IsDefined(typeof(OutputTypeAttribute)) || Constructor(type) is not { } constructor)
        {
            throw new InvalidOperationException(
                $"{context} contains invalid type {type.FullName}. Allowed are string, bool, int, double, nullables, immutable arrays, " +
                "immutable dictionaries with text keys, and classes marked [OutputType] with a constructor marked [OutputConstructor].");
        }

        foreach (var (name, parameter) in Parameters(constructor))
        {
            Check($"{type.FullName}({name})", parameter);
        }
    }

    private static void CheckGeneric(string context, Type type)
    {
        var generic = type.GetGenericTypeDefinition();
        var isMap = generic == typeof(ImmutableDictionary<,>);
        if ((!isMap && generic != typeof(Nullable<>) && generic != typeof(Union<,>) && generic != typeof(ImmutableArray<>)) ||
            (isMap && type.GenericTypeArguments[0] != typeof(string)))
        {
            throw new InvalidOperationException(
                $"{context} contains invalid type {type.FullName}: " +
                "the only generic types allowed are ImmutableArray<...> and ImmutableDictionary<string, ...>");
        }

        foreach (var argument in type.GenericTypeArguments)
        {
            Check(context, argument);
        }
    }

    private static ConstructorInfo? FindConstructor(Type type)
    {
        var all = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        return all.FirstOrDefault(constructor => constructor.IsDefined(typeof(OutputConstructorAttribute)))
            ?? (all.Where(constructor => constructor.IsPublic).ToArray() is [var only] ? only : null);
    }
}
