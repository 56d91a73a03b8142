using System.Globalization;
using Infra.Identity;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>
/// What the scripts are told. The number of replicas is not among it: it would be part of the pod template, and scaling would restart
/// every pod that stays.
/// </summary>
internal static class MySqlEnvironment
{
    /// <summary>The option file with which the probes reach the server.</summary>
    public const string HealthOptions = "/etc/mysql/conf.d/health.client";

    /// <summary>Whether root may log in from elsewhere than its own pod; not there where that stays as it is.</summary>
    public const string RemoteRoot = "REMOTE_ROOT";

    /// <summary>The server id of ordinal 0. An id of 0 tells a MySQL server not to replicate, so that ordinals cannot serve as ids.</summary>
    private const int ServerIdBase = 100;

    private const string PrimaryHost = "PRIMARY_HOST";
    private const string HeadlessService = "HEADLESS_SERVICE";
    private const string ServerIds = "SERVER_ID_BASE";
    private const string Port = "MYSQL_PORT";
    private const string MaxLag = "MAX_LAG_SECONDS";
    private const string MaxAway = "MAX_AWAY_SECONDS";
    private const string SeedTimeout = "SEED_TIMEOUT_SECONDS";
    private const string SeedStall = "SEED_STALL_SECONDS";
    private const string ProbeTimeout = "PROBE_TIMEOUT_SECONDS";
    private const string BackupPort = "BACKUP_PORT";
    private const string MetricsPort = "METRICS_PORT";
    private const string Namespace = "NAMESPACE";
    private const string TlsRequired = "TLS_REQUIRED";

    private static readonly string[] Always = [PrimaryHost, HeadlessService, ServerIds, Port, MaxLag, MaxAway, SeedTimeout, SeedStall, ProbeTimeout, BackupPort, MetricsPort];

    /// <summary>The names of all variables.</summary>
    public static IReadOnlyCollection<string> Names(MySqlClusterArgs args) => [.. Always, RemoteRoot, .. args.Tls is null ? (string[])[] : [Namespace, TlsRequired]];

    /// <summary>The variables of every container.</summary>
    public static InputList<EnvVarArgs> Variables(StatefulIdentity identity, MySqlClusterArgs args)
    {
        InputList<EnvVarArgs> variables =
        [
            .. Hosts(identity, args),
            Variable(ServerIds, ServerIdBase),
            Variable(Port, MySqlPorts.Server.Number),
            Variable(MaxLag, args.MaxLagSeconds ?? MySqlDefaults.MaxLagSeconds),
            Variable(MaxAway, args.MaxAwaySeconds ?? MySqlDefaults.MaxAwaySeconds),
            Variable(SeedTimeout, args.SeedTimeoutSeconds ?? MySqlDefaults.SeedTimeoutSeconds),
            Variable(SeedStall, args.SeedStallSeconds ?? MySqlDefaults.SeedStallSeconds),
            Variable(ProbeTimeout, args.ProbeTimeoutSeconds ?? MySqlDefaults.ProbeTimeoutSeconds),
        ];
        if (args.EffectiveProfile.Seeding.BackupPort is { } port)
        {
            variables.Add(Variable(BackupPort, port.Number));
        }

        // The scripts keep a user for the exporter, and its option file, where they are told its port.
        if (args.Metrics is not null)
        {
            variables.Add(Variable(MetricsPort, MySqlPorts.Metrics.Number));
        }

        if (args.RemoteRoot is { } isRemote)
        {
            variables.Add(Variable(RemoteRoot, isRemote ? "true" : "false"));
        }

        return variables;
    }

    /// <summary>
    /// The names by which servers know each other. With certificates they are full, and certificates name them so; the namespace may be the provider's, which the
    /// pod alone knows.
    /// </summary>
    private static EnvVarArgs[] Hosts(StatefulIdentity identity, MySqlClusterArgs args)
    {
        if (args.Tls is not { } tls)
        {
            return [Variable(PrimaryHost, identity.PrimaryHost), Variable(HeadlessService, identity.Service)];
        }

        Input<string> Full(string name) => args.Domain.ToOutput().Apply(domain => StatefulIdentity.InCluster(name, $"$({Namespace})", domain));
        return
        [
            new() { Name = Namespace, ValueFrom = new EnvVarSourceArgs { FieldRef = new ObjectFieldSelectorArgs { FieldPath = "metadata.namespace" } } },
            new() { Name = PrimaryHost, Value = Full(identity.PrimaryHost) },
            new() { Name = HeadlessService, Value = Full(identity.Service) },
            Variable(TlsRequired, tls.IsRequired ? "ON" : "OFF"),
        ];
    }

    private static EnvVarArgs Variable(string name, Input<int> value) => new() { Name = name, Value = value.Apply(number => number.ToString(CultureInfo.InvariantCulture)) };

    private static EnvVarArgs Variable(string name, string value) => new() { Name = name, Value = value };
}
