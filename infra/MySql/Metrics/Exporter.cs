using Infra.MySql.Profiles;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>
/// The exporter of metrics: asks its pod's server when it is asked itself. It has neither the cluster's passwords nor its data, and no probe: a pod whose
/// exporter is broken serves on, and Prometheus notices.
/// </summary>
internal static class Exporter
{
    /// <summary>The container's name.</summary>
    public const string Name = "metrics";

    /// <summary>The user nobody of the image.</summary>
    private const int Nobody = 65534;

    /// <summary>The view that it takes for a heartbeat; accounts.sh makes it.</summary>
    private const string Database = "mysql";
    private const string View = "own_transactions";

    /// <summary>The container.</summary>
    public static ContainerArgs Container(MySqlMetricsArgs metrics, MySqlProfile profile, Input<string>? pullPolicy) => new()
    {
        Name = Name,
        Image = metrics.Image ?? MySqlDefaults.ExporterImage,
        ImagePullPolicy = pullPolicy,
        Args =
        [
            $"--config.my-cnf={MySqlVolumes.ExporterOptions}",
            .. profile.HasTransactionIds ? (string[])["--collect.heartbeat", $"--collect.heartbeat.database={Database}", $"--collect.heartbeat.table={View}"] : [],
        ],
        Ports = { MySqlPorts.Metrics.OnContainer() },
        Resources = MySqlDefaults.ExporterResources(),
        VolumeMounts = { MySqlVolumes.ExporterOptionsToRead },
        SecurityContext = new SecurityContextArgs
        {
            RunAsNonRoot = true,
            RunAsUser = Nobody,
            RunAsGroup = Nobody,
            ReadOnlyRootFilesystem = true,
            AllowPrivilegeEscalation = false,
            Capabilities = new CapabilitiesArgs { Drop = { "ALL" } },
            SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
        },
    };
}
