using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>
/// Turns what a program gives into wire values: null, text, double, bool, immutable arrays and dictionaries of those, and
/// <see cref="Unknown"/>, <see cref="Secret"/> and <see cref="ResourceReference"/>. Collects the resources it meets on the way.
/// </summary>
internal sealed class Serializer(bool keepResources = true)
{
    public HashSet<Resource> Dependencies { get; } = [];

    /// <param name="context">Where the value stands, for the errors.</param>
    /// <param name="value">What to turn into a wire value.</param>
    /// <exception cref="InvalidOperationException">The value, or one within it, is of a type that cannot go over the wire.</exception>
    public async Task<object?> SerializeAsync(string context, object? value)
    {
        switch (value)
        {
            case null or bool or double or string:
                return value;
            case int number:
                return (double)number;
            case InputArgs args:
                return await DictionaryAsync(context, args.ToDictionary()).ConfigureAwait(false);
            case Task:
                throw new InvalidOperationException(
                    $"Tasks are not allowed inside ResourceArgs. Please wrap your Task in an Output:\n\t{context}");
            case IElements list:
                return await OutputAsync(context, list.Elements).ConfigureAwait(false);
            case IInput input:
                return await OutputAsync(context, input.ToOutput()).ConfigureAwait(false);
            case IUnion union:
                return await SerializeAsync(context, union.Value).ConfigureAwait(false);
            case JsonElement json:
                return Json.ToWire(json);
            case IOutput output:
                return await OutputAsync(context, output).ConfigureAwait(false);
            case CustomResource resource:
                Dependencies.Add(resource);
                var id = await SerializeAsync($"{context}.id", resource.Id).ConfigureAwait(false);
                return keepResources ? await ReferenceAsync(context, resource).ConfigureAwait(false) : id;
            case ComponentResource component:
                var reference = await ReferenceAsync(context, component).ConfigureAwait(false);
                return keepResources ? reference : reference.Urn;
            case IDictionary dictionary:
                return await DictionaryAsync(context, dictionary).ConfigureAwait(false);
            case IList list:
                return await ListAsync(context, list).ConfigureAwait(false);
            case Enum number when number.GetTypeCode() == TypeCode.Int32:
                return (double)(int)value;
            case ValueTuple:
                return null;
            default:
                return OutputShape.TryTakeApart(value, out var parts)
                    ? parts is IDictionary fields ? await DictionaryAsync(context, fields, keepNulls: true).ConfigureAwait(false) : parts
                    : throw new InvalidOperationException($"{value.GetType().FullName} is not a supported argument type.\n\t{context}");
        }
    }

    private async Task<object?> OutputAsync(string context, IOutput output)
    {
        var data = await output.GetDataAsync().ConfigureAwait(false);
        Dependencies.UnionWith(data.Resources);
        if (!data.IsKnown)
        {
            return Unknown.Value;
        }

        var value = await SerializeAsync(context, data.Value).ConfigureAwait(false);
        return data.IsSecret ? new Secret(value) : value;
    }

    private async Task<ResourceReference> ReferenceAsync(string context, Resource resource) =>
        new(await OutputAsync($"{context}.urn", resource.Urn).ConfigureAwait(false));

    /// <summary>A key without a value is left out, as in JSON.</summary>
    private async Task<ImmutableDictionary<string, object?>> DictionaryAsync(string context, IDictionary dictionary, bool keepNulls = false)
    {
        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var key in dictionary.Keys)
        {
            if (key is not string name)
            {
                throw new InvalidOperationException($"Dictionaries are only supported with string keys:\n\t{context}");
            }

            var value = await SerializeAsync($"{context}.{name}", dictionary[name]).ConfigureAwait(false);
            if (value is not null || keepNulls)
            {
                result[name] = value;
            }
        }

        return result.ToImmutable();
    }

    private async Task<ImmutableArray<object?>> ListAsync(string context, IList list)
    {
        if (OutputShape.IsDefaultArray(list))
        {
            return [];
        }

        var result = ImmutableArray.CreateBuilder<object?>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            result.Add(await SerializeAsync($"{context}[{i}]", list[i]).ConfigureAwait(false));
        }

        return result.MoveToImmutable();
    }
}
