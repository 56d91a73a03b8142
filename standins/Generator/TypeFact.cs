namespace Standins.Generator;

/// <summary>A type with its properties.</summary>
/// <param name="Group">The group it stands in.</param>
/// <param name="Sort">kind, type, enum or resource.</param>
/// <param name="Name">Its name.</param>
/// <param name="Words">What else its line says.</param>
/// <param name="Properties">Its properties, in the order of the file.</param>
internal sealed record TypeFact(Group Group, string Sort, string Name, IReadOnlyList<string> Words, IReadOnlyList<Property> Properties)
{
    public bool IsKind => Sort == "kind";

    public bool HasInputs => !Words.Contains("output");

    /// <summary>A kind is an output type as well only where another type holds it.</summary>
    public bool HasOutputs => !IsKind || Words.Contains("nested");

    /// <summary>The API versions that a kind used to be in.</summary>
    public IEnumerable<string> FormerVersions =>
        Words.Where(word => word.StartsWith("was:", StringComparison.Ordinal)).Select(word => word["was:".Length..]);
}
