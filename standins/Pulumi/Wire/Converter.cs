using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi;

/// <summary>
/// Makes a value of an output's type from a plain wire value. What does not fit becomes the default value: the SDK only
/// warns about it, and a mock need not return every field.
/// </summary>
internal static class Converter
{
    public static object? Convert(object? value, Type target) => TryConvert(value, target, out var result) ? result : null;

    private static object? ConvertOrDefault(object? value, Type target) => Convert(value, target) ?? Default(target);

    private static object? Default(Type target) =>
        target.IsValueType && Nullable.GetUnderlyingType(target) is null ? Activator.CreateInstance(target) : null;

    private static bool TryConvert(object? value, Type target, out object? result)
    {
        result = null;
        if (value is null)
        {
            result = Default(target);
            return true;
        }

        target = Nullable.GetUnderlyingType(target) ?? target;
        if (target == typeof(int) || target.IsEnum)
        {
            result = value is not double number ? null : target.IsEnum ? Enum.ToObject(target, (int)number) : (int)number;
            return result is not null;
        }

        if (target == typeof(JsonElement))
        {
            result = Json.FromWire(value);
            return true;
        }

        if (target == typeof(object) || (target.IsInstanceOfType(value) && !target.IsConstructedGenericType))
        {
            result = value;
            return true;
        }

        result = target.IsConstructedGenericType ? FromGeneric(value, target)
            : OutputShape.IsEnumType(target) ? OutputShape.EnumConstructor(target, value.GetType())?.Invoke([value])
            : FromFields(value, target);
        return result is not null;
    }

    private static object? FromGeneric(object value, Type target)
    {
        var generic = target.GetGenericTypeDefinition();
        var types = target.GenericTypeArguments;
        return value switch
        {
            ImmutableArray<object?> when generic == typeof(ImmutableArray<>) => Call(nameof(Array), types, value),
            ImmutableDictionary<string, object?> when generic == typeof(ImmutableDictionary<,>) => Call(nameof(Map), types[1..], value),
            _ when generic == typeof(Union<,>) => Call(nameof(Either), types, value),
            _ => null,
        };
    }

    private static object? FromFields(object value, Type target)
    {
        if (value is not ImmutableDictionary<string, object?> fields || OutputShape.Constructor(target) is not { } constructor)
        {
            return null;
        }

        return constructor.Invoke([.. OutputShape.Parameters(constructor)
            .Select(parameter => ConvertOrDefault(fields.GetValueOrDefault(parameter.Name), parameter.Type))]);
    }

    private static object? Call(string method, Type[] types, object argument) =>
        typeof(Converter).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(types)
            .Invoke(null, [argument]);

    private static ImmutableArray<T> Array<T>(ImmutableArray<object?> list) =>
        [.. list.Select(item => (T)ConvertOrDefault(item, typeof(T))!)];

    private static ImmutableDictionary<string, T> Map<T>(ImmutableDictionary<string, object?> map) =>
        map.ToImmutableDictionary(item => item.Key, item => (T)ConvertOrDefault(item.Value, typeof(T))!);

    private static Union<T0, T1>? Either<T0, T1>(object value) =>
        TryConvert(value, typeof(T0), out var first) ? Union<T0, T1>.FromT0((T0)first!)
        : TryConvert(value, typeof(T1), out var second) ? Union<T0, T1>.FromT1((T1)second!)
        : null;
}
