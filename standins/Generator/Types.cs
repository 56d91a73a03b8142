namespace Standins.Generator;

/// <summary>The C# types that properties become.</summary>
internal sealed class Types(IReadOnlyList<TypeFact> facts)
{
    private readonly HashSet<string> _enums = [.. facts.Where(fact => fact.Sort == "enum").Select(fact => fact.Name)];

    /// <summary>The type of an input, without the mark that it may be missing.</summary>
    public string Input(Group group, PropertyType type)
    {
        var element = InputElement(group, type);
        return type switch
        {
            { Shape: PropertyType.Shapes.List } => $"InputList<{element}>",
            { Shape: PropertyType.Shapes.Map } => $"InputMap<{element}>",
            { Element: "json" } => "InputJson",
            { Element: "int|string" } => "InputUnion<int, string>",
            _ when _enums.Contains(type.Element) => $"InputUnion<string, {Enum(group, type.Element)}>",
            _ => $"Input<{element}>",
        };
    }

    public string Output(Group group, PropertyType type)
    {
        var element = OutputElement(group, type);
        return type.Shape switch
        {
            PropertyType.Shapes.List => $"ImmutableArray<{element}>",
            PropertyType.Shapes.Map => $"ImmutableDictionary<string, {element}>",
            _ => element,
        };
    }

    private static string Enum(Group group, string name) => $"global::Pulumi.Kubernetes.{group.Name}.{name}";

    private static string Qualified(Group group, string name) =>
        name.Contains('.', StringComparison.Ordinal) ? name : $"{group.Name}.{name}";

    private static string InputElement(Group group, PropertyType type) => type switch
    {
        { IsBasic: true } => type.Element,
        { Element: "json" } => "System.Text.Json.JsonElement",
        _ => $"global::Pulumi.Kubernetes.Types.Inputs.{Qualified(group, type.Element)}Args",
    };

    private string OutputElement(Group group, PropertyType type) => type switch
    {
        { IsBasic: true } => type.Element,
        { Element: "json" } => "System.Text.Json.JsonElement",
        { Element: "int|string" } => "Union<int, string>",
        _ when _enums.Contains(type.Element) => "string",
        _ => $"global::Pulumi.Kubernetes.Types.Outputs.{Qualified(group, type.Element)}",
    };
}
