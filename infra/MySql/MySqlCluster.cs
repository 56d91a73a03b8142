using System.Collections.Immutable;
using Infra.Arguments;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;

namespace Infra.MySql;

/// <summary>
/// A MySQL cluster with one primary, ordinal 0, and any number of replicas. Writers connect to <see cref="Writer"/>, readers to <see cref="Reader"/>; every
/// server also has a name of its own.
/// </summary>
public sealed class MySqlCluster : ComponentResource
{
    private const string Application = "mysql";
    private const string Part = "database";

    /// <summary>Registers credentials, configuration and all Services, and then the StatefulSet that depends on each of them.</summary>
    /// <param name="name">The name in the stack; the children's names begin with it.</param>
    /// <param name="args">What the cluster is made of.</param>
    /// <param name="options">Options of the component. Its children inherit the provider; what it depends on, such as a namespace, they wait for.</param>
    /// <exception cref="InvalidArgumentsException">
    /// An argument cannot be used; the message has all that is wrong and what would be right. Nothing has been registered.
    /// </exception>
    public MySqlCluster(string name, MySqlClusterArgs args, ComponentResourceOptions? options = null)
        : base(ComponentType.Of<MySqlCluster>(), name, Checked(name, args), ComponentType.Options("infra:mysql:MySqlCluster", options))
    {
        var set = args.Name ?? name;
        var identity = new StatefulIdentity(set, set, args.Replicas ?? MySqlDefaults.Replicas);
        var scope = new WorkloadScope(identity, new WorkloadLabels(identity, Application, Part), args.Namespace);
        var child = new CustomResourceOptions { Parent = this };

        var credentials = new MySqlCredentials(name, scope, args, child);
        var configuration = new MySqlConfiguration(name, scope, args, child);
        Secret = credentials.Secret;
        ConfigMap = configuration.ConfigMap;
        Members = MySqlMembership.RegisterMembers(name, scope, child);
        ReadService = MySql.ReadService.Register(name, scope, args.Read, child);
        WriteService = args.HasWriteService ? MySql.WriteService.Register(name, scope, args.Write, child) : null;
        Certificate = MySqlCertificate.Register(name, scope, args, ReadService, child);
        var pod = new MySqlPod(identity, args, configuration.Name, credentials.SecretName);
        BackupScripts = args.Backup is null && args.Restore is null ? null : BackupFiles.Register(name, scope, args.EffectiveProfile, configuration.Files, child);
        var backupPod = BackupScripts is null ? null : new BackupPod(identity, args, BackupScripts, credentials.SecretName);
        var ordered = Ordered(identity, args, pod, scope.Labels);
        var claims = new WorkloadClaims(name, scope, ordered.Claims, child);
        Restore = args.Restore is null ? null : new MySqlRestore(name, scope, args, backupPod!, claims.Of(MySqlVolumes.Data, StatefulIdentity.PrimaryOrdinal), Existing(Secret, BackupScripts, Members), child);
        Workload = new OrderedWorkload(name, ordered, claims, Existing(Secret, ConfigMap, Members, ReadService, WriteService, Certificate, Restore?.Job), new ComponentResourceOptions { Parent = this });
        Initialised = MySqlMembership.RegisterInitialised(name, scope, Workload.StatefulSet, child);

        Metrics = args.Metrics is null ? null : new MySqlMetrics(name, scope, args, Workload, child);

        Backup = args.Backup is null ? null : new MySqlBackup(name, scope, args, backupPod!, Workload.StatefulSet, child);
        Archive = args.Backup?.Archive is null ? null : new MySqlArchive(name, scope, args, backupPod!, Existing(Workload.StatefulSet, Secret, Members, Certificate, Backup!.Claim), child);

        var port = MySqlPorts.Server.Number;
        var writer = WriteService is null ? identity.PrimaryHost : MySql.WriteService.NameFor(set);
        Writer = WorkloadScope.InCluster(writer, WriteService ?? Workload.Service, args.Domain).Apply(host => new Endpoint(host, port));
        Reader = WorkloadScope.InCluster(MySql.ReadService.NameFor(set), ReadService, args.Domain).Apply(host => new Endpoint(host, port));
        PodHosts = Output.All(identity.Hosts.Select(host => WorkloadScope.InCluster(host, Workload.Service, args.Domain)));
        SecretName = Output.Create(credentials.SecretName);
        AdminUser = Output.Create(MySqlUser.Administrator);
        AdminPassword = credentials.Passwords.Apply(passwords => passwords.GetValueOrDefault(MySqlUser.Administrator));
        Passwords = credentials.Passwords;
        ServerImage = pod.ServerImage.ToOutput();
        XtrabackupImage = pod.ToolsImage is { } tools ? tools.ToOutput().Apply(image => (string?)image) : Output.Create((string?)null);
        RegisterOutputs();
    }

    /// <summary>Where writers connect: the write Service, which leads to the primary while it is ready, or the primary itself where there is no such Service.</summary>
    [Output("writer")]
    public Output<Endpoint> Writer { get; private set; }

    /// <summary>Where readers connect: the read Service, which leads to every server that is ready.</summary>
    [Output("reader")]
    public Output<Endpoint> Reader { get; private set; }

    /// <summary>Every server's own name as the whole cluster knows it, by ordinal.</summary>
    [Output("podHosts")]
    public Output<ImmutableArray<string>> PodHosts { get; private set; }

    /// <summary>The name of the Secret that holds the passwords.</summary>
    [Output("secretName")]
    public Output<string> SecretName { get; private set; }

    /// <summary>The user who may do everything.</summary>
    [Output("adminUser")]
    public Output<string> AdminUser { get; private set; }

    /// <summary>That user's password, a secret; null where an existing Secret holds it, which this program never reads.</summary>
    [Output("adminPassword")]
    public Output<string?> AdminPassword { get; private set; }

    /// <summary>Every password by its user's name (root, replication, health, backup, and metrics where there are some), a secret; empty where an existing Secret holds them.</summary>
    [Output("passwords")]
    public Output<ImmutableDictionary<string, string>> Passwords { get; private set; }

    /// <summary>The image that the servers run.</summary>
    [Output("serverImage")]
    public Output<string> ServerImage { get; private set; }

    /// <summary>The image of the seeding tools; null where the server seeds by itself.</summary>
    [Output("xtrabackupImage")]
    public Output<string?> XtrabackupImage { get; private set; }

    /// <summary>The headless Service, the NetworkPolicy, the PodDisruptionBudget and the StatefulSet.</summary>
    public OrderedWorkload Workload { get; }

    /// <summary>The Service for readers.</summary>
    public Service ReadService { get; }

    /// <summary>The Service for writers; null where there is none.</summary>
    public Service? WriteService { get; }

    /// <summary>The configuration files and scripts.</summary>
    public ConfigMap ConfigMap { get; }

    /// <summary>How many members the cluster has, for its pods to read.</summary>
    public ConfigMap Members { get; }

    /// <summary>That every member has been ready once: made after that, and read by a primary that finds its volume empty.</summary>
    public ConfigMap Initialised { get; }

    /// <summary>What cert-manager is asked for; null where there are no certificates, or a Secret that is there has them.</summary>
    public Pulumi.Kubernetes.ApiExtensions.CustomResource? Certificate { get; }

    /// <summary>What has the Prometheus operator collect the cluster's metrics; null where there is none.</summary>
    public Pulumi.Kubernetes.ApiExtensions.CustomResource? PodMonitor => Metrics?.PodMonitor;

    /// <summary>The alerts; null where there are none.</summary>
    public Pulumi.Kubernetes.ApiExtensions.CustomResource? PrometheusRule => Metrics?.Rules;

    /// <summary>The dashboard for Grafana; null where there is none.</summary>
    public ConfigMap? Dashboard => Metrics?.Dashboard;

    /// <summary>What makes backups; null where there are none.</summary>
    public Pulumi.Kubernetes.Batch.V1.CronJob? BackupCronJob => Backup?.CronJob;

    /// <summary>The claim that was made for the backups; null where they are kept elsewhere, or there are none.</summary>
    public PersistentVolumeClaim? BackupClaim => Backup?.Claim;

    /// <summary>What archives the binary logs between backups; null where they are not archived.</summary>
    public Pulumi.Kubernetes.Apps.V1.StatefulSet? ArchiveSet => Archive?.StatefulSet;

    /// <summary>What gave the cluster its first data from a backup; null where it began without.</summary>
    public Pulumi.Kubernetes.Batch.V1.Job? RestoreJob => Restore?.Job;

    /// <summary>The passwords; null where an existing Secret holds them.</summary>
    public Secret? Secret { get; }

    private MySqlMetrics? Metrics { get; }

    private ConfigMap? BackupScripts { get; }

    private MySqlBackup? Backup { get; }

    private MySqlArchive? Archive { get; }

    private MySqlRestore? Restore { get; }

    private static MySqlClusterArgs Checked(string name, MySqlClusterArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentChecks.Require($"{nameof(MySqlCluster)} \"{name}\"", args.Problems(name));
        return args;
    }

    private static OrderedWorkloadArgs Ordered(StatefulIdentity identity, MySqlClusterArgs args, MySqlPod pod, WorkloadLabels labels) => new()
    {
        Name = identity.Name,
        Namespace = args.Namespace,
        Replicas = identity.Replicas,
        Application = Application,
        Component = Part,
        Ports = [MySqlPorts.Server],
        Spec = pod.Spec(),
        RunAsUser = MySqlDefaults.User,
        Claims = [MySqlVolumes.DataClaim(args)],
        Pod = args.Pod,
        OwnVariables = MySqlEnvironment.Names(args),
        Network = args.Network,
        ServiceTypes = [.. args.ServiceTypes],
        // Whatever the network settings say of clients: a backup is made, and logs are archived, from within the cluster.
        AdmittedPods = [.. Guests(args).Select(part => labels.Beside(part).Selector)],
        ObservedPorts = args.Metrics is null ? [] : [MySqlPorts.Metrics],
        DisruptionBudget = args.DisruptionBudget,
        // A new replica needs its donor's name before the donor, or itself, is ready.
        PublishNotReadyAddresses = true,
        Update = args.Update?.Rolling,
        TimeoutMinutes = args.TimeoutMinutes ?? (int)Math.Ceiling(
            MySqlDefaults.ReadyTimeout(identity.Replicas, args.Update?.MinReadySeconds ?? 0, args.StartupSeconds ?? MySqlDefaults.StartupSeconds).TotalMinutes),
    };

    /// <summary>The pods beside the servers that log in to them.</summary>
    private static string[] Guests(MySqlClusterArgs args) => args.Backup switch
    {
        null => [],
        { Archive: null } => [MySqlBackup.Part],
        _ => [MySqlBackup.Part, MySqlArchive.Part],
    };

    private static InputList<Resource> Existing(params Resource?[] resources) => resources.OfType<Resource>().ToArray();
}
