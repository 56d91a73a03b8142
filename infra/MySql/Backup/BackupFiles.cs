using System.Collections.Immutable;
using Infra.MySql.Profiles;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>
/// The scripts and the configuration of pods that back up or restore, in an immutable ConfigMap of their own, named after its content: a change of theirs touches
/// no server's pod.
/// </summary>
internal static class BackupFiles
{
    private const string Folder = "Scripts/Backup";

    /// <summary>Last of all, whatever the stack's options say.</summary>
    private const string SmallServer = "\n# Of a server that is asked by nobody but a script.\ninnodb_buffer_pool_size = 128M\ninnodb_redo_log_capacity = 8M\n";

    /// <summary>Registers the ConfigMap.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="scope">What the objects of backups share.</param>
    /// <param name="profile">Whose files.</param>
    /// <param name="files">The files of the cluster's own pods.</param>
    /// <param name="options">The resource's options.</param>
    public static ConfigMap Register(string name, WorkloadScope scope, MySqlProfile profile, Output<ImmutableDictionary<string, string>> files, CustomResourceOptions options)
    {
        var data = files.Apply(own => Data(profile, own));
        return new ConfigMap(
            $"{name}-backup-scripts",
            new ConfigMapArgs
            {
                Metadata = scope.Named(data.Apply(content => $"{scope.Identity.Name}-backup-{ContentHash.Of(content)}")),
                Immutable = true,
                Data = data,
            },
            options);
    }

    /// <summary>The scripts of these pods.</summary>
    public static IEnumerable<string> ScriptFiles(MySqlProfile profile) => [.. MySqlConfiguration.ScriptFiles(profile), .. EmbeddedFile.In(Folder)];

    /// <summary>Every file by its key.</summary>
    /// <param name="profile">Whose files.</param>
    /// <param name="own">Those of the cluster's own pods.</param>
    public static ImmutableDictionary<string, string> Data(MySqlProfile profile, ImmutableDictionary<string, string> own) => own
        .SetItems(MySqlConfiguration.ConfigFiles(profile).Select(MySqlConfiguration.KeyOf).Select(key => KeyValuePair.Create(key, own[key] + SmallServer)))
        .AddRange(EmbeddedFile.In(Folder).Select(file => KeyValuePair.Create(MySqlConfiguration.KeyOf(file), EmbeddedFile.Read(file))));
}
