namespace Infra.MySql;

/// <summary>When a client of the primary hears that its transaction is done.</summary>
public enum MySqlDurability
{
    /// <summary>When it is on the primary's disk. What was not yet sent is lost with that disk.</summary>
    Async,

    /// <summary>
    /// When at least one replica has received it, too. While no replica is connected, or answers within ten seconds, the primary goes on alone.
    /// </summary>
    SemiSync,
}
