namespace Infra.MySql;

/// <summary>When a client of the primary hears that its transaction is done: the values of <see cref="MySqlClusterArgs.Durability"/>.</summary>
public static class MySqlDurability
{
    /// <summary>When it is on the primary's disk. What was not yet sent is lost with that disk.</summary>
    public const string Async = "async";

    /// <summary>
    /// When at least one replica has received it, too. While no replica is connected, or answers within ten seconds, the primary goes on alone.
    /// </summary>
    public const string SemiSync = "semi-sync";

    /// <summary>Every value there is.</summary>
    public static IReadOnlyList<string> All { get; } = [Async, SemiSync];
}
