namespace Standins.Generator;

/// <summary>A property of a type.</summary>
/// <param name="Wire">Its name on the wire.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Marks">The marks after its name, as README.md explains them.</param>
internal sealed record Property(string Wire, PropertyType Type, string Marks)
{
    public string Name => char.ToUpperInvariant(Wire[0]) + Wire[1..];

    public bool IsRequired => Marks.Contains('!', StringComparison.Ordinal);

    public bool IsSecret => Marks.Contains('*', StringComparison.Ordinal);

    public bool IsOutputOnly => Marks.Contains('<', StringComparison.Ordinal);

    public bool IsNullable => Marks.Contains('?', StringComparison.Ordinal);

    public Property AsOptional() => this with { Marks = Marks.Replace("!", "", StringComparison.Ordinal) };

    /// <summary>The name within a class, which a member may not share.</summary>
    public string NameIn(string type) => Name == type ? Name + "Value" : Name;
}
