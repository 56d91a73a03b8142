using Infra.Workloads;

namespace Infra.MySql;

/// <summary>The ports of a MySQL pod.</summary>
internal static class MySqlPorts
{
    /// <summary>Where the server takes clients.</summary>
    public static NamedPort Server { get; } = new("mysql", 3306);
}
