using System.Collections.Immutable;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;

namespace Infra.MySql;

/// <summary>
/// A MySQL cluster with one primary, ordinal 0, and any number of replicas. Writers use <see cref="WriteHost"/>, readers
/// <see cref="ReadHost"/>; every server also has a name of its own.
/// </summary>
public sealed class MySqlCluster : ComponentResource
{
    /// <summary>Registers credentials, configuration and both Services, and then the StatefulSet that depends on each of them.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="args">What the cluster is made of.</param>
    /// <param name="options">Options of the component; its children inherit the provider.</param>
    /// <exception cref="ArgumentException">A name or the number of replicas is not usable; the message says what would be.</exception>
    public MySqlCluster(string name, MySqlClusterArgs args, ComponentResourceOptions? options = null)
        : base("infra:mysql:MySqlCluster", name, args, options)
    {
        var set = args.Name ?? name;
        var identity = new StatefulIdentity(set, set, args.Namespace, args.Replicas, args.Domain);
        var child = new CustomResourceOptions { Parent = this, DependsOn = args.After };

        var credentials = new MySqlCredentials(name, identity, child);
        var configuration = new MySqlConfiguration(name, identity, args, child);
        var read = ReadService.Register(name, identity, child);
        var pod = new MySqlPod(identity, args, configuration.Name, credentials.SecretName);
        _ = new OrderedWorkload(
            name,
            new OrderedWorkloadArgs
            {
                Identity = identity,
                Ports = [MySqlPorts.Server],
                Pod = pod.Spec(),
                Claims = [MySqlVolumes.DataClaim(args)],
                // A new replica needs its donor's name before the donor, or itself, is ready.
                PublishNotReadyAddresses = true,
                After = [credentials.Secret, configuration.ConfigMap, read],
                ReadyTimeout = args.ReadyTimeout,
            },
            new ComponentResourceOptions { Parent = this });

        WriteHost = Output.Create(identity.PrimaryHost);
        ReadHost = read.Metadata.Apply(meta => meta.Name);
        PodHosts = Output.Create(identity.Hosts.ToImmutableArray());
        SecretName = Output.Create(credentials.SecretName);
        ServerImage = pod.ServerImage.ToOutput();
        XtrabackupImage = pod.ToolsImage is { } tools ? tools.ToOutput().Apply(image => (string?)image) : Output.Create((string?)null);
        RegisterOutputs();
    }

    /// <summary>The primary's name, for writers.</summary>
    [Output("writeHost")]
    public Output<string> WriteHost { get; private set; }

    /// <summary>The read Service's name, for readers.</summary>
    [Output("readHost")]
    public Output<string> ReadHost { get; private set; }

    /// <summary>Every server's own name, by ordinal.</summary>
    [Output("podHosts")]
    public Output<ImmutableArray<string>> PodHosts { get; private set; }

    /// <summary>The name of the Secret that holds the passwords.</summary>
    [Output("secretName")]
    public Output<string> SecretName { get; private set; }

    /// <summary>The image that the servers run.</summary>
    [Output("serverImage")]
    public Output<string> ServerImage { get; private set; }

    /// <summary>The image of the seeding tools; null where the server seeds by itself.</summary>
    [Output("xtrabackupImage")]
    public Output<string?> XtrabackupImage { get; private set; }
}
