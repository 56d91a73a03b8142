using Pulumi;

namespace Infra.MySql;

/// <summary>The images of a MySQL pod.</summary>
public sealed class MySqlImagesArgs : ResourceArgs
{
    /// <summary>The server, which also writes the configuration. Default: the profile's.</summary>
    [Input("server")]
    public Input<string>? Server { get; set; }

    /// <summary>The tools that back up, receive and prepare data. Default: the profile's; a profile that has none takes none.</summary>
    [Input("xtrabackup")]
    public Input<string>? Xtrabackup { get; set; }
}
