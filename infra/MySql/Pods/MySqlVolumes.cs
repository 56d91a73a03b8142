using Infra.Identity;
using Infra.MySql.Profiles;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>The volumes of a MySQL pod and where its containers find them.</summary>
internal static class MySqlVolumes
{
    /// <summary>The claim that holds a server's data.</summary>
    public const string Data = "data";

    /// <summary>The Secret with the servers' certificate.</summary>
    public const string Tls = "tls";

    private const string Conf = "conf";
    private const string ConfigMap = "config-map";
    private const string Scripts = "scripts";
    private const string Credentials = "credentials";
    private const string Members = "members";
    private const string Initialised = "initialised";
    private const string Metrics = "metrics";

    /// <summary>The names of all volumes.</summary>
    /// <param name="args">The cluster's arguments.</param>
    public static IReadOnlyCollection<string> Names(MySqlClusterArgs args) =>
    [
        Data, Conf, ConfigMap, Scripts, Credentials, Members, Initialised, WritableFolders.VolumeName,
        .. args.Metrics is not null ? (string[])[Metrics] : [],
        .. args.Tls is not null ? (string[])[Tls] : [],
    ];

    private const string ScriptsPath = "/mnt/scripts";
    private const string MetricsPath = "/mnt/metrics";

    /// <summary>The server's data directory. A directory of the volume and not its root, where a file system keeps <c>lost+found</c>.</summary>
    public static VolumeMountArgs ServerData => new() { Name = Data, MountPath = "/var/lib/mysql", SubPath = "mysql" };

    /// <summary>The volume's root, where data is staged before one rename takes it into use.</summary>
    public static VolumeMountArgs VolumeRoot => new() { Name = Data, MountPath = "/mnt/data" };

    /// <summary>The configuration of this ordinal, for the container that writes it.</summary>
    public static VolumeMountArgs ConfToWrite => new() { Name = Conf, MountPath = "/mnt/conf.d" };

    /// <summary>The configuration of this ordinal, where servers and clients read it.</summary>
    public static VolumeMountArgs ConfToRead => new() { Name = Conf, MountPath = "/etc/mysql/conf.d" };

    /// <summary>The configuration files of all roles.</summary>
    public static VolumeMountArgs ConfigFiles => new() { Name = ConfigMap, MountPath = ConfigFilesPath, ReadOnly = true };

    /// <summary>Where they are.</summary>
    public const string ConfigFilesPath = "/mnt/config-map";

    /// <summary>The scripts.</summary>
    public static VolumeMountArgs ScriptFiles => new() { Name = Scripts, MountPath = ScriptsPath, ReadOnly = true };

    /// <summary>The passwords, a file each.</summary>
    public static VolumeMountArgs Passwords => new() { Name = Credentials, MountPath = "/mnt/credentials", ReadOnly = true };

    /// <summary>
    /// The certificate as the Secret has it, for the containers that look at it before the server gets it. A whole folder, as what is mounted alone is never
    /// brought up to date.
    /// </summary>
    public static VolumeMountArgs Certificates => new() { Name = Tls, MountPath = "/mnt/tls", ReadOnly = true };

    /// <summary>How many members the cluster has.</summary>
    public static VolumeMountArgs MembersFile => new() { Name = Members, MountPath = "/mnt/members", ReadOnly = true };

    /// <summary>Whether the cluster has begun.</summary>
    public static VolumeMountArgs InitialisedFile => new() { Name = Initialised, MountPath = "/mnt/initialised", ReadOnly = true };

    /// <summary>The option file of the exporter of metrics, for the containers that write it.</summary>
    public static VolumeMountArgs ExporterOptionsToWrite => new() { Name = Metrics, MountPath = MetricsPath };

    /// <summary>The option file of the exporter of metrics, for the exporter.</summary>
    public static VolumeMountArgs ExporterOptionsToRead => new() { Name = Metrics, MountPath = MetricsPath, ReadOnly = true };

    /// <summary>Where the exporter finds its option file.</summary>
    public const string ExporterOptions = $"{MetricsPath}/my.cnf";

    /// <summary>The command line that runs a script.</summary>
    public static InputList<string> Run(string script) => ["bash", $"{ScriptsPath}/{script}"];

    /// <summary>The volumes that are not claims.</summary>
    /// <param name="identity">Who the pods are.</param>
    /// <param name="args">The cluster's arguments.</param>
    /// <param name="configMap">The name of the ConfigMap with configuration files and scripts.</param>
    /// <param name="secret">The name of the Secret with the passwords.</param>
    public static InputList<VolumeArgs> All(StatefulIdentity identity, MySqlClusterArgs args, Output<string> configMap, string secret) =>
    [
        // In memory: it holds option files with passwords.
        new VolumeArgs { Name = Conf, EmptyDir = new EmptyDirVolumeSourceArgs { Medium = "Memory" } },
        OfConfiguration(configMap, args.EffectiveProfile),
        OfScripts(configMap, MySqlConfiguration.ScriptFiles(args.EffectiveProfile)),
        OfPasswords(secret),
        OfMembers(identity),
        // It is made when all pods have been ready, and the first ones start without it.
        new VolumeArgs { Name = Initialised, ConfigMap = new ConfigMapVolumeSourceArgs { Name = MySqlMembership.InitialisedName(identity), DefaultMode = 0b100_100_100, Optional = true } },
        WritableFolders.Volume,
        // Apart from the others, as the exporter gets to see this one only, and in memory, too.
        .. args.Metrics is not null ? (VolumeArgs[])[new() { Name = Metrics, EmptyDir = new EmptyDirVolumeSourceArgs { Medium = "Memory" } }] : [],
        .. args.Tls is { } tls ? (VolumeArgs[])[OfCertificates(identity, tls)] : [],
    ];

    /// <summary>The volume of the configuration files.</summary>
    public static VolumeArgs OfConfiguration(Output<string> configMap, MySqlProfile profile) => new() { Name = ConfigMap, ConfigMap = Files(configMap, MySqlConfiguration.ConfigFiles(profile), mode: 0b100_100_100) };

    /// <summary>The volume of the scripts.</summary>
    public static VolumeArgs OfScripts(Output<string> configMap, IEnumerable<string> scripts) => new() { Name = Scripts, ConfigMap = Files(configMap, scripts, mode: 0b101_101_101) };

    /// <summary>The volume of the passwords.</summary>
    public static VolumeArgs OfPasswords(string secret) => new() { Name = Credentials, Secret = new SecretVolumeSourceArgs { SecretName = secret, DefaultMode = RestrictedSecurity.SecretMode } };

    /// <summary>The volume of the certificates.</summary>
    public static VolumeArgs OfCertificates(StatefulIdentity identity, MySqlTlsArgs tls) => new()
    {
        Name = Tls,
        Secret = new SecretVolumeSourceArgs { SecretName = MySqlCertificate.SecretName(identity.Name, tls), DefaultMode = RestrictedSecurity.SecretMode },
    };

    /// <summary>The volume of the number of members.</summary>
    public static VolumeArgs OfMembers(StatefulIdentity identity) => new() { Name = Members, ConfigMap = new ConfigMapVolumeSourceArgs { Name = MySqlMembership.MembersName(identity), DefaultMode = 0b100_100_100 } };

    /// <summary>The claims.</summary>
    public static PersistentVolumeClaimArgs DataClaim(MySqlClusterArgs args) => Claim.Template(Data, args.Storage ?? MySqlDefaults.Storage, args.StorageClass, args.AccessMode);

    private static ConfigMapVolumeSourceArgs Files(Output<string> configMap, IEnumerable<string> files, int mode)
    {
        var source = new ConfigMapVolumeSourceArgs { Name = configMap, DefaultMode = mode };
        foreach (var key in files.Select(MySqlConfiguration.KeyOf).Order(StringComparer.Ordinal))
        {
            source.Items.Add(new KeyToPathArgs { Key = key, Path = key });
        }

        return source;
    }
}
