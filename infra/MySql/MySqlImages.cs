using Pulumi;

namespace Infra.MySql;

/// <summary>The images of a MySQL pod.</summary>
public sealed class MySqlImages
{
    /// <summary>The server, which also writes the configuration. Default: the profile's.</summary>
    public Input<string>? Server { get; init; }

    /// <summary>The tools that back up, receive and prepare data. Default: the profile's; a profile that has none takes none.</summary>
    public Input<string>? Xtrabackup { get; init; }
}
