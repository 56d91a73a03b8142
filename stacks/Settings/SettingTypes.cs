using System.Collections.Immutable;
using System.Text.Json;

namespace Stacks.Settings;

/// <summary>The kinds of values there are, as YAML has them. Whether a value of the right kind can be used, the library says.</summary>
public static class SettingTypes
{
    /// <summary>Yes or no.</summary>
    public static SettingType<bool> Flag { get; } = new("true or false", json => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Mistyped(json, "true or false"),
    });

    /// <summary>Yes or no, of which leaving it out is neither.</summary>
    public static SettingType<bool?> FlagOrNothing { get; } = new(Flag.Takes, json => Flag.Parse(json));

    /// <summary>A whole number.</summary>
    public static SettingType<int?> WholeNumber { get; } = new("a whole number", json =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) ? number : throw Mistyped(json, "a whole number"));

    /// <summary>When nodes pull images.</summary>
    public static SettingType<string> PullPolicy { get; } = Word(["Always", "IfNotPresent", "Never"]);

    /// <summary>Who may mount a volume.</summary>
    public static SettingType<string> AccessMode { get; } = Word(["ReadWriteOnce", "ReadWriteOncePod"]);

    /// <summary>A text.</summary>
    /// <param name="takes">What it says, as the end of the sentence "storage takes ...".</param>
    public static SettingType<string> Text(string takes) => new(takes, json => json.ValueKind == JsonValueKind.String ? json.GetString()! : throw Mistyped(json, takes));

    /// <summary>One of a few words.</summary>
    public static SettingType<string> Word(IReadOnlyList<string> words) => Text($"one of {string.Join(", ", words)}");

    /// <summary>Options of a server, each with a plain value.</summary>
    public static SettingType<ImmutableDictionary<string, string>> Options { get; } = new(
        "a section of options such as innodb_buffer_pool_size: 256M",
        json => Section(json, "a section of options", OptionValue));

    /// <summary>Annotations of an object.</summary>
    public static SettingType<ImmutableDictionary<string, string>> Annotations { get; } = new(
        "a section of annotations such as example.com/owner: shop",
        json => Section(json, "a section of annotations", AnnotationValue));

    /// <summary>Labels of objects and pods.</summary>
    public static SettingType<ImmutableDictionary<string, string>> Labels { get; } = new(
        "a section of labels such as app: shop",
        json => Section(json, "a section of labels", AnnotationValue));

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

    private static ImmutableDictionary<string, string> Section(JsonElement json, string wanted, Func<string, JsonElement, string> value) =>
        json.ValueKind == JsonValueKind.Object
            ? json.EnumerateObject().ToImmutableDictionary(entry => entry.Name, entry => value(entry.Name, entry.Value))
            : throw Mistyped(json, wanted);

    private static string OptionValue(string name, JsonElement json) =>
        json.ValueKind is JsonValueKind.String or JsonValueKind.Number ? json.ToString() : throw Mistyped(json, $"a text or a number for {name}");

    /// <summary>What an annotation or a label says is text; <c>-c</c> and <c>pulumi config set --path</c> make a number of "60" and a flag of "true", which are taken back.</summary>
    private static string AnnotationValue(string name, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True or JsonValueKind.False => json.GetRawText(),
        JsonValueKind.Number when json.TryGetInt64(out _) => json.GetRawText(),
        _ => throw Mistyped(json, $"a text in quotes for {name}"),
    };

    private static FormatException Mistyped(JsonElement json, string wanted) => new($"it takes {wanted}, not {Describe(json)}");
}
