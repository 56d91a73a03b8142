namespace Cli.Meaning;

/// <summary>What a change means to those who use what is deployed, the worst last.</summary>
internal enum Tier
{
    /// <summary>No running pod restarts.</summary>
    NothingRestarts,

    /// <summary>Pods restart one after the other.</summary>
    PodsRoll,

    /// <summary>An object that pods, claims or clients hang on is removed, and nothing takes its place.</summary>
    Removed,

    /// <summary>An object that pods, claims or clients hang on is deleted and made again.</summary>
    Replaced,

    /// <summary>What it does is not known: a value is not known yet, or the table has no row for it. Never called safe.</summary>
    Unknown,

    /// <summary>Data may be lost, or be out of reach.</summary>
    DataAtRisk,
}

/// <summary>The words for tiers.</summary>
internal static class Tiers
{
    /// <summary>All of them, the worst first.</summary>
    public static IReadOnlyList<Tier> WorstFirst { get; } = [.. Enum.GetValues<Tier>().OrderDescending()];

    /// <summary>The word that people and programs read.</summary>
    public static string Word(this Tier tier) => tier switch
    {
        Tier.NothingRestarts => "nothing restarts",
        Tier.PodsRoll => "pods roll",
        Tier.Removed => "removed",
        Tier.Replaced => "replaced",
        Tier.DataAtRisk => "data at risk",
        _ => "unknown",
    };
}
