namespace Cli.Meaning;

/// <summary>A field that changed, for people.</summary>
/// <param name="Field">Its path in the object.</param>
/// <param name="Text">What changed in it, such as <c>replicas 3 -> 5</c>; no value of a Secret is ever in it.</param>
/// <param name="Tier">What the change of this field alone means.</param>
internal sealed record Cause(string Field, string Text, Tier Tier)
{
    /// <summary>The setting of the stack that caused it; nothing where that is not known.</summary>
    public string? Setting { get; init; }
}

/// <summary>What a deployment does with one object, and what it means.</summary>
/// <param name="Action">What is done with it.</param>
/// <param name="Kind">The object's kind.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name afterwards.</param>
internal sealed record ObjectChange(Action Action, string Kind, string Namespace, string Name)
{
    /// <summary>The name that it had before, where it is another.</summary>
    public string? Was { get; init; }

    /// <summary>The gravest of all that follows.</summary>
    public Tier Tier => Findings.Select(finding => finding.Tier).DefaultIfEmpty(Tier.NothingRestarts).Max();

    /// <summary>The setting of the stack for which the object comes or goes; nothing where that is not known.</summary>
    public string? Setting { get; init; }

    /// <summary>The fields that changed.</summary>
    public IReadOnlyList<Cause> Causes { get; init; } = [];

    /// <summary>What follows, the gravest first, each sentence once.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Whether somebody has acknowledged that data are at risk.</summary>
    public bool Allowed { get; init; }

    /// <summary>The name by which the change is acknowledged.</summary>
    public string Label => $"{Kind}/{Name}";

    /// <summary>Whether data are at risk and nobody has acknowledged it.</summary>
    public bool IsRefused => Tier == Tier.DataAtRisk && !Allowed;
}
