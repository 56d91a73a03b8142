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
        var data = args.ServerOptions is { } serverOptions
            ? ArgumentChecks.Later($"{nameof(MySqlCluster)} \"{name}\"", nameof(args.ServerOptions), serverOptions, MySqlOptions.Problem).Apply(given => Data(args, given))
            : Output.Create(Data(args, ImmutableDictionary<string, string>.Empty));
        ConfigMap = new ConfigMap(
            $"{name}-config",
            new ConfigMapArgs
            {
                Metadata = scope.Named(data.Apply(content => $"{scope.Identity.Name}-{ContentHash.Of(content)}")),
                Immutable = true,
                Data = data,
            },
            options);
        Name = ConfigMap.Metadata.Apply(meta => meta.Name);
    }

    /// <summary>The ConfigMap.</summary>
    public ConfigMap ConfigMap { get; }

    /// <summary>The ConfigMap's name. It changes with the content and nothing is replaced under it, so that pods may refer to it by output.</summary>
    public Output<string> Name { get; }

    /// <summary>The configuration files of a profile.</summary>
    public static IReadOnlyList<string> ConfigFiles(MySqlProfile profile) => EmbeddedFile.In(profile.ConfigFolder);

    /// <summary>The scripts of a profile.</summary>
    public static IEnumerable<string> ScriptFiles(MySqlProfile profile) => profile.ScriptFolders.SelectMany(EmbeddedFile.In);

    /// <summary>A file's key: its name, as a ConfigMap knows no folders.</summary>
    public static string KeyOf(string file) => Path.GetFileName(file);

    /// <summary>Every file of a cluster by its key.</summary>
    public static ImmutableDictionary<string, string> Data(MySqlProfile profile, string? durability, IReadOnlyDictionary<string, string> serverOptions)
    {
        var added = SemiSync(profile, durability) + Lines(serverOptions);
        return ConfigFiles(profile).Select(file => KeyValuePair.Create(KeyOf(file), EmbeddedFile.Read(file) + added))
            .Concat(ScriptFiles(profile).Select(file => KeyValuePair.Create(KeyOf(file), EmbeddedFile.Read(file))))
            .ToImmutableDictionary();
    }

    private static ImmutableDictionary<string, string> Data(MySqlClusterArgs args, IReadOnlyDictionary<string, string> serverOptions) =>
        Data(args.EffectiveProfile, args.Durability, serverOptions);

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
