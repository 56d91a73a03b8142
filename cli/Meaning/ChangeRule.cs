using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>A change of one field, with the objects around it.</summary>
/// <param name="Before">The object before.</param>
/// <param name="After">The object after.</param>
/// <param name="Field">What changed in it.</param>
/// <param name="Base">All objects before.</param>
/// <param name="Head">All objects after.</param>
internal sealed record ChangeContext(Manifest Before, Manifest After, FieldChange Field, IReadOnlyList<Manifest> Base, IReadOnlyList<Manifest> Head);

/// <summary>A row of the table: what a change of a field of a kind means.</summary>
/// <param name="Kind">The kind, or <c>*</c> for any that is known.</param>
/// <param name="Field">The field, a pattern.</param>
/// <param name="Tier">The gravest that it can mean.</param>
/// <param name="Says">What it means, in a sentence.</param>
/// <param name="Source">Where that is from.</param>
internal sealed record ChangeRule(string Kind, string Field, Tier Tier, string Says, string Source)
{
    private readonly FieldPath pattern = FieldPath.Parse(Field);

    /// <summary>Whether the provider deletes the object and makes it again.</summary>
    public bool Replaces { get; init; }

    /// <summary>What follows in one case; what the row says where nothing more is to be told.</summary>
    public Func<ChangeContext, IEnumerable<Finding>>? Judge { get; init; }

    /// <summary>Whether the row is about that field of that kind.</summary>
    public bool Covers(string kind, FieldPath path) => (Kind == "*" || Kind == kind) && path.Matches(pattern);

    /// <summary>What follows from a change.</summary>
    public IEnumerable<Finding> Findings(ChangeContext context) => Judge?.Invoke(context) ?? [new Finding(Tier, Says)];
}
