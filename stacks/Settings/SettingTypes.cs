using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.Identity;

namespace Stacks.Settings;

/// <summary>The kinds of values there are.</summary>
public static partial class SettingTypes
{
    /// <summary>What Kubernetes takes of an object's annotations, keys and values together, in bytes.</summary>
    private const int MaxAnnotationsSize = 256 * 1024;

    /// <summary>A name that becomes a Service or a StatefulSet.</summary>
    public static SettingType<string> Name { get; } = Checked("a DNS label such as shop-db", ResourceName.ServiceProblem);

    /// <summary>A namespace's name.</summary>
    public static SettingType<string> Namespace { get; } = Checked("a DNS label such as shop", ResourceName.NamespaceProblem);

    /// <summary>An amount as Kubernetes writes it.</summary>
    /// <remarks>Grammar: apimachinery's resource.Quantity; signs are left out, as no setting may be negative.</remarks>
    public static SettingType<string> Quantity(string example) => Checked(
        $"a quantity such as {example}",
        text => QuantityPattern().IsMatch(text) && text.AsSpan().IndexOfAnyInRange('1', '9') >= 0
            ? null
            : $"\"{text}\" is not a quantity above zero such as {example}");

    /// <summary>The name of an image.</summary>
    public static SettingType<string> Image { get; } = Checked(
        "an image such as mysql:5.7",
        text => ImagePattern().IsMatch(text) ? null : $"\"{text}\" is not the name of an image such as mysql:5.7 or registry.example/team/mysql:5.7");

    /// <summary>Any text but the empty one.</summary>
    public static SettingType<string> Text { get; } = Checked("a text", text => text.Trim().Length > 0 ? null : "it is empty");

    /// <summary>Yes or no.</summary>
    public static SettingType<bool> Flag { get; } = new("true or false", json => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Mistyped(json, "true or false"),
    });

    /// <summary>A whole number from <paramref name="least"/> on.</summary>
    /// <param name="least">The least that is right.</param>
    /// <param name="why">Why it is the least, as a clause.</param>
    public static SettingType<int> WholeNumber(int least, string why) => new($"a whole number from {least} on", json =>
    {
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetInt32(out var number))
        {
            throw Mistyped(json, "a whole number");
        }

        return number >= least ? number : throw new FormatException($"{number}: {why}");
    });

    /// <summary>One of a few words.</summary>
    public static SettingType<string> OneOf(params IReadOnlyCollection<string> words)
    {
        var takes = words.Count == 1 ? $"only {words.Single()}" : $"one of {string.Join(", ", words)}";
        return Checked(takes, text => words.Contains(text) ? null : $"\"{text}\" is not known here; it takes {takes}");
    }

    /// <summary>Options of a server, each with a plain value.</summary>
    public static SettingType<ImmutableSortedDictionary<string, string>> Options { get; } = new(
        "a section of options such as innodb_buffer_pool_size: 256M",
        json => json.ValueKind == JsonValueKind.Object
            ? json.EnumerateObject().ToImmutableSortedDictionary(option => option.Name, option => OptionValue(option.Name, option.Value), StringComparer.Ordinal)
            : throw Mistyped(json, "a section of options"));

    /// <summary>Annotations of an object.</summary>
    public static SettingType<ImmutableSortedDictionary<string, string>> Annotations { get; } = new("a section of annotations such as example.com/owner: shop", json =>
    {
        var annotations = json.ValueKind == JsonValueKind.Object
            ? json.EnumerateObject().ToImmutableSortedDictionary(pair => pair.Name, pair => AnnotationValue(pair.Name, pair.Value), StringComparer.Ordinal)
            : throw Mistyped(json, "a section of annotations");
        var size = annotations.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value));
        return size <= MaxAnnotationsSize ? annotations : throw new FormatException($"they have {size} bytes together; Kubernetes takes {MaxAnnotationsSize}");
    });

    /// <summary>What a JSON value is, in words.</summary>
    internal static string Describe(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => $"the text \"{json.GetString()}\"",
        JsonValueKind.Number => $"the number {json.GetRawText()}",
        JsonValueKind.True or JsonValueKind.False => json.GetRawText(),
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "a section",
        _ => "nothing",
    };

    private static SettingType<string> Checked(string takes, Func<string, string?> problem) => new(takes, json =>
    {
        var text = json.ValueKind == JsonValueKind.String ? json.GetString()! : throw Mistyped(json, takes);
        return problem(text) is { } wrong ? throw new FormatException(wrong) : text;
    });

    private static string OptionValue(string name, JsonElement json)
    {
        if (!OptionPattern().IsMatch(name))
        {
            throw new FormatException($"\"{name}\" is not the name of a server option");
        }

        var value = json.ValueKind is JsonValueKind.String or JsonValueKind.Number ? json.ToString() : throw Mistyped(json, $"a text or a number for {name}");
        return value.AsSpan().IndexOfAny('\n', '\r') < 0 ? value : throw new FormatException($"the value of {name} has more than one line");
    }

    /// <summary>What an annotation says is text; <c>-c</c> and <c>pulumi config set --path</c> make a number of "60" and a flag of "true", which are taken back.</summary>
    private static string AnnotationValue(string name, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True or JsonValueKind.False => json.GetRawText(),
        JsonValueKind.Number when json.TryGetInt64(out _) => json.GetRawText(),
        _ => throw Mistyped(json, $"a text in quotes for {name}"),
    };

    private static FormatException Mistyped(JsonElement json, string wanted) => new($"it takes {wanted}, not {Describe(json)}");

    [GeneratedRegex("^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][0-9]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex QuantityPattern();

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9._/:@-]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ImagePattern();

    [GeneratedRegex("^[a-z][a-z0-9_-]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex OptionPattern();
}
