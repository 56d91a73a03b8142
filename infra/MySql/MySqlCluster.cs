using System.Collections.Immutable;
using Infra.Identity;
using Infra.MySql.Profiles;
using Infra.Workloads;
using Pulumi;

namespace Infra.MySql;

/// <summary>
/// A MySQL cluster with one primary, ordinal 0, and any number of replicas. Writers use <see cref="WriteHost"/> or, where there is one, the Service
/// <see cref="WriteServiceName"/>, readers <see cref="ReadHost"/>; every server also has a name of its own.
/// </summary>
public sealed class MySqlCluster : ComponentResource
{
    /// <summary>Registers credentials, configuration and all Services, and then the StatefulSet that depends on each of them.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="args">What the cluster is made of.</param>
    /// <param name="options">Options of the component; its children inherit the provider.</param>
    /// <exception cref="ArgumentException">A name, a number or an annotation is not usable, or the profile cannot do what is asked; the message says what would be right.</exception>
    public MySqlCluster(string name, MySqlClusterArgs args, ComponentResourceOptions? options = null)
        : base("infra:mysql:MySqlCluster", name, args, options)
    {
        Reject(args);
        var set = args.Name ?? name;
        var identity = new StatefulIdentity(set, set, args.Namespace, args.Replicas, args.Domain);
        var child = new CustomResourceOptions { Parent = this, DependsOn = args.After };

        var credentials = new MySqlCredentials(name, identity, child);
        var configuration = new MySqlConfiguration(name, identity, args, child);
        var read = ReadService.Register(name, identity, args.Read, child);
        var write = WriteService.ExposureOf(args.Profile, args.Write) is { } exposure ? WriteService.Register(name, identity, exposure, child) : null;
        InputList<Resource> after = [credentials.Secret, configuration.ConfigMap, read];
        if (write is not null)
        {
            after.Add(write);
        }

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
                After = after,
                ReadyTimeout = args.ReadyTimeout,
            },
            new ComponentResourceOptions { Parent = this });

        WriteHost = Output.Create(identity.PrimaryHost);
        WriteServiceName = write is null ? Output.Create((string?)null) : write.Metadata.Apply(meta => (string?)meta.Name);
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

    /// <summary>The write Service's name, for writers whom the pods' own names do not reach; null where the cluster has none.</summary>
    [Output("writeService")]
    public Output<string?> WriteServiceName { get; private set; }

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

    private static void Reject(MySqlClusterArgs args)
    {
        var problem = ProfileLimits.DurabilityProblem(args.Profile, args.Durability)
            ?? (args.Images.Xtrabackup is null ? null : ProfileLimits.ToolsImageProblem(args.Profile));
        if (problem is not null)
        {
            throw new ArgumentException(problem, nameof(args));
        }
    }
}
