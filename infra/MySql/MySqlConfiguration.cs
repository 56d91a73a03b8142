using System.Collections.Immutable;
using System.Text;
using Infra.Identity;
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
    /// <summary>The extension of a configuration file.</summary>
    public const string ConfigExtension = ".cnf";

    /// <summary>The extension of a script.</summary>
    public const string ScriptExtension = ".sh";

    /// <summary>Registers the ConfigMap.</summary>
    public MySqlConfiguration(
        string name, StatefulIdentity identity, ImmutableSortedDictionary<string, string> serverOptions, CustomResourceOptions options)
    {
        var data = Data(serverOptions);
        ConfigMap = new ConfigMap(
            $"{name}-config",
            new ConfigMapArgs
            {
                Metadata = ObjectMeta.Named(identity, $"{identity.Name}-{ContentHash.Of(data)}"),
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

    /// <summary>Every file by its name.</summary>
    public static ImmutableDictionary<string, string> Data(ImmutableSortedDictionary<string, string> serverOptions)
    {
        var options = Lines(serverOptions);
        var configs = EmbeddedFile.Names(ConfigExtension).ToImmutableDictionary(name => name, name => EmbeddedFile.Read(name) + options);
        return configs.AddRange(EmbeddedFile.Names(ScriptExtension).Select(name => KeyValuePair.Create(name, EmbeddedFile.Read(name))));
    }

    private static string Lines(ImmutableSortedDictionary<string, string> serverOptions)
    {
        if (serverOptions.IsEmpty)
        {
            return string.Empty;
        }

        var text = new StringBuilder("\n# Options of this stack.\n");
        foreach (var (option, value) in serverOptions)
        {
            text.Append(option).Append(" = ").Append(value).Append('\n');
        }

        return text.ToString();
    }
}
