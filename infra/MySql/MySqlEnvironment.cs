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

    /// <summary>The variables of every container.</summary>
    public static InputList<EnvVarArgs> Variables(StatefulIdentity identity, MySqlClusterArgs args)
    {
        var variables = Common(identity, args);
        if (args.Profile.Seeding.BackupPort is { } port)
        {
            variables.Add(Variable("BACKUP_PORT", port.Number));
        }

        return variables;
    }

    private static InputList<EnvVarArgs> Common(StatefulIdentity identity, MySqlClusterArgs args) =>
    [
        Variable("PRIMARY_HOST", identity.PrimaryHost),
        Variable("HEADLESS_SERVICE", identity.Service),
        Variable("SERVER_ID_BASE", StatefulIdentity.ServerIdBase),
        Variable("MYSQL_PORT", MySqlPorts.Server.Number),
        Variable("MAX_LAG_SECONDS", args.MaxLagSeconds),
        Variable("SEED_TIMEOUT_SECONDS", args.SeedTimeoutSeconds),
    ];

    private static EnvVarArgs Variable(string name, int value) => Variable(name, value.ToString(CultureInfo.InvariantCulture));

    private static EnvVarArgs Variable(string name, string value) => new() { Name = name, Value = value };
}
