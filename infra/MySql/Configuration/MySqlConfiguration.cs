using System.Collections.Immutable;
using System.Text;
using Infra.Arguments;
using Infra.MySql.Profiles;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>
/// The servers' configuration files and the scripts that run beside them, in one immutable ConfigMap named after its content: a change makes
/// a new object before the pods roll, and the old one stays until they have.
/// </summary>
internal sealed class MySqlConfiguration
{
    /// <summary>Registers the ConfigMap.</summary>
    public MySqlConfiguration(string name, WorkloadScope scope, MySqlClusterArgs args, CustomResourceOptions options)
    {
        var given = args.ServerOptions is { } serverOptions
            ? ArgumentChecks.Later($"{nameof(MySqlCluster)} \"{name}\"", nameof(args.ServerOptions), serverOptions, MySqlOptions.Problems(args)).ToOutput()
            : Output.Create(ImmutableDictionary<string, string>.Empty);
        var data = args.Size is null
            ? given.Apply(server => Data(args, null, server))
            : Output.Tuple(given, args.EffectiveMemory.ToOutput()).Apply(known => Data(args, BufferPool.Of(known.Item2), known.Item1));
        Files = data;
        ConfigMap = new ConfigMap(
            $"{name}-config",
            new ConfigMapArgs
            {
                Metadata = scope.Named(data.Apply(content => $"{scope.Identity.Name}-{ContentHash.Of(content)}")),
                Immutable = true,
                Data = data,
            },
            // A pod that is held back is made anew from the template that it has, and that names the ConfigMap from before the change.
            args.Update?.Rolling.Partition > 0 ? CustomResourceOptions.Merge(options, new CustomResourceOptions { RetainOnDelete = true }) : options);
        Name = ConfigMap.Metadata.Apply(meta => meta.Name);
    }

    /// <summary>The ConfigMap.</summary>
    public ConfigMap ConfigMap { get; }

    /// <summary>The ConfigMap's name. It changes with the content and nothing is replaced under it, so that pods may refer to it by output.</summary>
    public Output<string> Name { get; }

    /// <summary>Every file by its key.</summary>
    public Output<ImmutableDictionary<string, string>> Files { get; }

    /// <summary>The configuration files of a profile.</summary>
    public static IReadOnlyList<string> ConfigFiles(MySqlProfile profile) => EmbeddedFile.In(profile.ConfigFolder);

    /// <summary>The scripts of a profile.</summary>
    public static IEnumerable<string> ScriptFiles(MySqlProfile profile) => profile.ScriptFolders.SelectMany(EmbeddedFile.In);

    /// <summary>A file's key: its name, as a ConfigMap knows no folders.</summary>
    public static string KeyOf(string file) => Path.GetFileName(file);

    /// <summary>Every file of a cluster by its key.</summary>
    /// <param name="profile">Whose files.</param>
    /// <param name="durability">What replication they add.</param>
    /// <param name="bufferPool">The buffer pool of the stack's size; none where it says no size.</param>
    /// <param name="serverOptions">What the stack says of the server, which goes before all else.</param>
    public static ImmutableDictionary<string, string> Data(MySqlProfile profile, string? durability, string? bufferPool, IReadOnlyDictionary<string, string> serverOptions)
    {
        var added = SemiSync(profile, durability) + Pool(bufferPool, serverOptions) + Lines(serverOptions);
        return ConfigFiles(profile).Select(file => KeyValuePair.Create(KeyOf(file), EmbeddedFile.Read(file) + added))
            .Concat(ScriptFiles(profile).Select(file => KeyValuePair.Create(KeyOf(file), EmbeddedFile.Read(file))))
            .ToImmutableDictionary();
    }

    private static ImmutableDictionary<string, string> Data(MySqlClusterArgs args, string? bufferPool, IReadOnlyDictionary<string, string> serverOptions) =>
        Data(args.EffectiveProfile, args.Durability, bufferPool, serverOptions);

    private static string Pool(string? size, IReadOnlyDictionary<string, string> serverOptions) =>
        size is null || BufferPool.In(serverOptions) is not null ? string.Empty : $"\n# Of this stack's size.\n{BufferPool.Option} = {size}\n";

    private static string SemiSync(MySqlProfile profile, string? durability) =>
        durability == MySqlDurability.SemiSync && profile.SemiSyncConfig is { } file ? "\n" + EmbeddedFile.Read(file) : string.Empty;

    private static string Lines(IReadOnlyDictionary<string, string> serverOptions)
    {
        if (serverOptions.Count == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder("\n# Options of this stack.\n");
        foreach (var (option, value) in serverOptions.OrderBy(option => option.Key, StringComparer.Ordinal))
        {
            text.Append(option).Append(" = ").Append(value).Append('\n');
        }

        return text.ToString();
    }
}
