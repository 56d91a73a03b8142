using Infra.Arguments;
using Infra.MySql.Profiles;
using Infra.Workloads;
using Pulumi;

namespace Infra.MySql;

/// <summary>
/// What a <see cref="MySqlCluster"/> is made of; everything has a default. A plain type shapes the graph, or how long Pulumi waits for it; every other value
/// may be an output.
/// </summary>
public sealed class MySqlClusterArgs : ResourceArgs
{
    /// <summary>The name of the StatefulSet and its headless Service. Default: the component's name.</summary>
    [Input("name")]
    public string? Name { get; set; }

    /// <summary>The namespace. Default: the provider's.</summary>
    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    /// <summary>
    /// The cluster's DNS domain, with which the hosts among the outputs end, such as <c>cluster.local</c>. Default: none; they end in <c>.svc</c>, and every
    /// pod's resolver adds the domain.
    /// </summary>
    [Input("domain")]
    public Input<string>? Domain { get; set; }

    /// <summary>How many servers run, the primary among them, at least 1. Default: 3.</summary>
    [Input("replicas")]
    public int? Replicas { get; set; }

    /// <summary>Which server, seeded how: one of <see cref="MySqlProfiles"/>. Default: <see cref="MySqlProfiles.MySql84"/>.</summary>
    [Input("profile")]
    public string? Profile { get; set; }

    /// <summary>When a client of the primary hears that its transaction is done: one of <see cref="MySqlDurability"/>. Default: <see cref="MySqlDurability.Async"/>.</summary>
    [Input("durability")]
    public string? Durability { get; set; }

    /// <summary>How clients reach the read Service. Default: from within the cluster.</summary>
    [Input("read")]
    public ServiceExposureArgs? Read { get; set; }

    /// <summary>
    /// How clients reach the write Service. Default: from within the cluster; on <see cref="MySqlProfiles.MySql57"/> there is no such Service unless this is given.
    /// </summary>
    [Input("write")]
    public ServiceExposureArgs? Write { get; set; }

    /// <summary>Images other than the profile's.</summary>
    [Input("images")]
    public MySqlImagesArgs? Images { get; set; }

    /// <summary>When the node pulls the images: Always, IfNotPresent or Never. Default: the cluster's.</summary>
    [Input("imagePullPolicy")]
    public Input<string>? ImagePullPolicy { get; set; }

    /// <summary>
    /// Metrics of every server for Prometheus: an exporter beside it, with a user of its own, and what has them collected, judged and shown. None by default;
    /// with an empty one, all of it.
    /// </summary>
    [Input("metrics")]
    public MySqlMetricsArgs? Metrics { get; set; }

    /// <summary>
    /// Certificates, by which replicas, clones, probes and clients know that they speak to a server of this cluster. None by default: connections between servers
    /// are encrypted, and nobody is verified. Not on <see cref="MySqlProfiles.MySql57"/>.
    /// </summary>
    [Input("tls")]
    public MySqlTlsArgs? Tls { get; set; }

    /// <summary>
    /// From where the administrator root may log in: false, from a server's own pod alone, where the sidecar and <c>kubectl exec</c> are; true, from wherever the servers
    /// are reached. Default: root's accounts stay as they are; a new cluster's root may log in from wherever. Plain, as it shapes the pods.
    /// </summary>
    [Input("remoteRoot")]
    public bool? RemoteRoot { get; set; }

    /// <summary>Backups, made on a schedule and proved by restoring them; none by default. For the profiles that seed by CLONE.</summary>
    [Input("backup")]
    public MySqlBackupArgs? Backup { get; set; }

    /// <summary>
    /// The backup that a new cluster begins from; nothing by default, and then it begins empty. Where there are data already, the deployment fails and nothing is changed. Taken
    /// away later, it changes no pod.
    /// </summary>
    [Input("restore")]
    public MySqlRestoreArgs? Restore { get; set; }

    /// <summary>The size of every server's volume, a quantity. Default: 10Gi.</summary>
    [Input("storage")]
    public Input<string>? Storage { get; set; }

    /// <summary>The storage class of the volumes. Default: the cluster's.</summary>
    [Input("storageClass")]
    public Input<string>? StorageClass { get; set; }

    /// <summary>
    /// Who may mount the volumes: <c>ReadWriteOnce</c>, pods of one node at a time, or <c>ReadWriteOncePod</c>, one pod at a time, where the volumes' driver knows
    /// it. Default: <c>ReadWriteOnce</c>. It is for new claims; those that are there keep theirs.
    /// </summary>
    [Input("accessMode")]
    public Input<string>? AccessMode { get; set; }

    /// <summary>
    /// What a server is given, in one word: one of <see cref="MySqlSize"/>. Default: none. <see cref="Cpu"/>, <see cref="Memory"/> and the option
    /// <c>innodb_buffer_pool_size</c> go before it, each for itself. Plain, as the configuration and the requests both follow from it.
    /// </summary>
    [Input("size")]
    public string? Size { get; set; }

    /// <summary>The processor time that a server asks for, a quantity. Default: that of <see cref="Size"/>, or else 500m, half a core.</summary>
    [Input("cpu")]
    public Input<string>? Cpu { get; set; }

    /// <summary>The memory that a server asks for, a quantity. Default: that of <see cref="Size"/>, or else 1Gi. With a size, the buffer pool follows from it.</summary>
    [Input("memory")]
    public Input<string>? Memory { get; set; }

    /// <summary>The processor time that a server gets at most, a quantity. Default: none, as a limit only slows a server down on a node that is idle.</summary>
    [Input("cpuLimit")]
    public Input<string>? CpuLimit { get; set; }

    /// <summary>
    /// The memory with which a server is killed, a quantity. Default: none. It has to leave 512Mi beside <c>innodb_buffer_pool_size</c>.
    /// </summary>
    [Input("memoryLimit")]
    public Input<string>? MemoryLimit { get; set; }

    /// <summary>Options of the <c>[mysqld]</c> section for every server, such as <c>innodb_buffer_pool_size</c>; none by default.</summary>
    [Input("serverOptions")]
    public InputMap<string>? ServerOptions { get; set; }

    /// <summary>
    /// How far a replica may be behind and still serve readers, in seconds; 0 for however far, as where one statement that takes long on every replica would
    /// send all readers to the primary. Default: 30.
    /// </summary>
    [Input("maxLagSeconds")]
    public Input<int>? MaxLagSeconds { get; set; }

    /// <summary>
    /// How long a replica goes on serving readers while it cannot reach the primary, in seconds; 0 for ever, as then its data only stand still. Default: 0.
    /// </summary>
    [Input("maxAwaySeconds")]
    public Input<int>? MaxAwaySeconds { get; set; }

    /// <summary>How long a new replica may wait for a backup that makes no progress before it fails and tries anew, in seconds. Default: 600.</summary>
    [Input("seedTimeoutSeconds")]
    public Input<int>? SeedTimeoutSeconds { get; set; }

    /// <summary>
    /// How long the copy that a new replica receives may come to a halt before its donor counts as dead, in seconds. Default: 120. A donor may wait up to a
    /// minute for a long query before it sends; to write what was copied to the disk is no halt.
    /// </summary>
    [Input("seedStallSeconds")]
    public Input<int>? SeedStallSeconds { get; set; }

    /// <summary>
    /// How long a probe for readiness or for a start may take, in seconds; the client in it is given up a moment earlier. Default: 3. A server that answers too
    /// late three times in a row gets no readers until it answers in time.
    /// </summary>
    [Input("probeTimeoutSeconds")]
    public Input<int>? ProbeTimeoutSeconds { get; set; }

    /// <summary>How long a server may take to start, crash recovery included, in seconds. Default: 3600. Plain, as <see cref="TimeoutMinutes"/> derives from it.</summary>
    [Input("startupSeconds")]
    public int? StartupSeconds { get; set; }

    /// <summary>How long a server may take to shut down before it is killed, in seconds. Default: 300.</summary>
    [Input("gracePeriodSeconds")]
    public Input<int>? GracePeriodSeconds { get; set; }

    /// <summary>How a change reaches the servers. Default: replicas from the highest ordinal, each when the one before it has caught up, and the primary last.</summary>
    [Input("update")]
    public MySqlUpdateArgs? Update { get; set; }

    /// <summary>
    /// Who may reach the servers, and whom they may reach. Default: every pod of the namespace reaches port 3306, and the servers reach each other, and DNS. Where <see cref="Read"/> or
    /// <see cref="Write"/> opens a Service to the world outside, everyone reaches it.
    /// </summary>
    [Input("network")]
    public NetworkArgs? Network { get; set; }

    /// <summary>
    /// Whether a PodDisruptionBudget has nodes drained one server at a time. Default: true. Kubernetes evicts no pod that two budgets select: switch it off
    /// where there is one of your own.
    /// </summary>
    [Input("disruptionBudget")]
    public bool? DisruptionBudget { get; set; }

    /// <summary>
    /// How long a deployment waits for all servers to be ready, in minutes. Default: 10, another 5 for each server, each one's
    /// <see cref="MySqlUpdateArgs.MinReadySeconds"/>, and <see cref="StartupSeconds"/>: 85 for three servers.
    /// </summary>
    [Input("timeoutMinutes")]
    public int? TimeoutMinutes { get; set; }

    /// <summary>
    /// The name of a Secret that is there already, in the place of one with random passwords. It has the keys <c>root-password</c>,
    /// <c>replication-password</c>, <c>health-password</c> and <c>backup-password</c>, with <see cref="Metrics"/> also <c>metrics-password</c>, each of letters, digits, dots, hyphens and underscores; this program never reads it. Plain, and not
    /// another resource's output: a Secret that is replaced would take the StatefulSet with it. Default: none.
    /// </summary>
    [Input("existingSecret")]
    public string? ExistingSecret { get; set; }

    /// <summary>
    /// Where and how the pods run. Their containers are init-mysql, clone-mysql, mysql and the sidecar, which is called replication, or xtrabackup on
    /// <see cref="MySqlProfiles.MySql57"/>, and metrics where there are <see cref="Metrics"/>. Default: spread softly over hosts and zones.
    /// </summary>
    [Input("pod")]
    public PodSettingsArgs? Pod { get; set; }

    /// <summary>Everything that is wrong with the arguments; nothing is registered while there is something.</summary>
    /// <param name="name">The component's name, which stands in for <see cref="Name"/>.</param>
    public IReadOnlyList<ArgumentProblem> Problems(string name) => MySqlClusterChecks.Problems(name, this);

    /// <summary>The names of the Services that a cluster of these arguments makes in its namespace.</summary>
    /// <param name="name">The component's name, which stands in for <see cref="Name"/>.</param>
    public IReadOnlyList<string> ServiceNames(string name)
    {
        var set = Name ?? name;
        return
        [
            set, ReadService.NameFor(set),
            .. HasWriteService ? (string[])[WriteService.NameFor(set)] : [],
            .. Backup?.Archive is null ? (string[])[] : [MySqlArchive.NameFor(set)],
        ];
    }

    /// <summary>The names of the NetworkPolicies that a cluster of these arguments makes in its namespace: of the servers, and of the pods that back up, archive or restore.</summary>
    /// <param name="name">The component's name, which stands in for <see cref="Name"/>.</param>
    public IReadOnlyList<string> PolicyNames(string name)
    {
        var set = Name ?? name;
        return Network?.Policy == false ? [] :
        [
            set,
            .. Backup is null ? (string[])[] : [MySqlBackup.NameFor(set)],
            .. Backup?.Archive is null ? (string[])[] : [MySqlArchive.NameFor(set)],
            .. Backup?.Store?.SnapshotClass is null ? (string[])[] : [MySqlProof.NameFor(set)],
            .. Restore is null ? (string[])[] : [MySqlRestore.PolicyName(set)],
        ];
    }

    /// <summary>The processor time that a server asks for.</summary>
    internal Input<string> EffectiveCpu => Cpu ?? MySqlSize.Cpu(Size) ?? MySqlDefaults.Cpu;

    /// <summary>The memory that a server asks for.</summary>
    internal Input<string> EffectiveMemory => Memory ?? MySqlSize.Memory(Size) ?? MySqlDefaults.Memory;

    /// <summary>The types of the Services for clients, as far as they were said.</summary>
    internal IEnumerable<Input<string>> ServiceTypes => ((ServiceExposureArgs?[])[Read, Write]).Select(exposure => exposure?.Type).OfType<Input<string>>();

    /// <summary>The profile; the default one also where one is named that there is not.</summary>
    internal MySqlProfile EffectiveProfile => (Profile is null ? null : MySqlProfile.Find(Profile)) ?? MySqlDefaults.Profile;

    /// <summary>Whether the cluster has a write Service.</summary>
    internal bool HasWriteService => Write is not null || EffectiveProfile.HasWriteService;
}
