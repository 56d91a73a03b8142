namespace Standins.Generator;

/// <summary>What a property holds: a basic type, or one from the facts by name, or a list or map of either.</summary>
internal sealed record PropertyType(string Element, PropertyType.Shapes Shape)
{
    internal enum Shapes
    {
        Single,
        List,
        Map,
    }

    private static readonly HashSet<string> Basic = ["string", "int", "bool"];

    public bool IsBasic => Basic.Contains(Element);

    public bool IsCollection => Shape != Shapes.Single;

    public static PropertyType Parse(string text) =>
        text.EndsWith("[]", StringComparison.Ordinal) ? new PropertyType(text[..^2], Shapes.List)
        : text.EndsWith("{}", StringComparison.Ordinal) ? new PropertyType(text[..^2], Shapes.Map)
        : new PropertyType(text, Shapes.Single);
}
