using System.Collections;
using System.Reflection;
using Pulumi;
using Pulumi.Utilities;

namespace Cli.Evaluation;

/// <summary>
/// What the wire does not show of a resource's inputs: from which resources they come, and which paths are secret or not known yet. It is read off the
/// arguments once everything has been registered. A path names keys and places, such as <c>spec.ports[0].name</c>; a list or map whose parts are of
/// different kinds is marked as a whole, as the SDK treats it.
/// </summary>
internal sealed class InputMarks
{
    private static readonly MethodInfo ReadOutput = typeof(InputMarks).GetMethod(nameof(ReadOutputAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly List<InputFlow> flows = [];
    private readonly List<string> secrets = [];
    private readonly List<string> unknowns = [];

    private InputMarks()
    {
    }

    /// <summary>Which output of which resource flows where.</summary>
    public IReadOnlyList<InputFlow> Flows => flows;

    /// <summary>The paths that are secret.</summary>
    public IReadOnlyList<string> Secrets => secrets;

    /// <summary>The paths that are not known yet.</summary>
    public IReadOnlyList<string> Unknowns => unknowns;

    /// <summary>Reads a resource's arguments.</summary>
    public static async Task<InputMarks> OfAsync(ResourceArgs args)
    {
        var marks = new InputMarks();
        await marks.ReadAsync(string.Empty, args);
        marks.secrets.Sort(StringComparer.Ordinal);
        marks.unknowns.Sort(StringComparer.Ordinal);
        return marks;
    }

    private async Task ReadAsync(string path, object? value)
    {
        switch (value)
        {
            case null or string or ValueType:
                break;
            case InputArgs args:
                foreach (var (name, input) in InputsOf(args))
                {
                    await ReadAsync(path.Length == 0 ? name : $"{path}.{name}", input);
                }

                break;
            case Resource resource:
                flows.Add(new InputFlow(path, resource));
                break;
            case object when ValueTypeOf(value.GetType()) is { } type:
                await (Task)ReadOutput.MakeGenericMethod(type).Invoke(this, [path, value])!;
                break;
            case IDictionary section:
                foreach (DictionaryEntry entry in section)
                {
                    await ReadAsync($"{path}.{entry.Key}", entry.Value);
                }

                break;
            case IEnumerable list:
                await ReadListAsync(path, list);
                break;
        }
    }

    private async Task ReadListAsync(string path, IEnumerable list)
    {
        foreach (var (index, item) in list.Cast<object?>().Index())
        {
            await ReadAsync($"{path}[{index}]", item);
        }
    }

    private async Task ReadOutputAsync<T>(string path, object value)
    {
        var output = value as Output<T> ?? ((Input<T>)value).ToOutput();
        flows.AddRange((await OutputUtilities.GetDependenciesAsync(output)).Select(from => new InputFlow(path, from)));
        if (!await OutputUtilities.GetIsKnownAsync(output))
        {
            unknowns.Add(path);
            return;
        }

        if (await Output.IsSecretAsync(output))
        {
            secrets.Add(path);
        }

        // An immutable array is a value type, yet a list.
        var content = await OutputUtilities.GetValueAsync(output);
        await (content is IEnumerable list and not string and not IDictionary ? ReadListAsync(path, list) : ReadAsync(path, content));
    }

    /// <summary>The type of the value that an input or output stands for; nothing for anything else.</summary>
    private static Type? ValueTypeOf(Type? type) => type switch
    {
        null => null,
        { IsGenericType: true } when type.GetGenericTypeDefinition() is var open && (open == typeof(Input<>) || open == typeof(Output<>)) => type.GetGenericArguments()[0],
        _ => ValueTypeOf(type.BaseType),
    };

    private static IEnumerable<(string Name, object? Value)> InputsOf(InputArgs args)
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var fields = args.GetType().GetFields(all).Select(field => (Name: WireName(field), Value: field.GetValue(args)));
        var properties = args.GetType().GetProperties(all).Where(property => WireName(property) is not null).Select(property => (Name: WireName(property), Value: property.GetValue(args)));
        return fields.Concat(properties).Where(input => input.Name is not null).Select(input => (input.Name!, input.Value));
    }

    private static string? WireName(MemberInfo member) =>
        member.CustomAttributes.FirstOrDefault(mark => mark.AttributeType == typeof(InputAttribute))?.ConstructorArguments[0].Value as string;
}
