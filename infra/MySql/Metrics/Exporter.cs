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
    public static ContainerArgs Container(MySqlMetricsArgs metrics, MySqlClusterArgs args) => new()
    {
        Name = Name,
        Image = metrics.Image ?? MySqlDefaults.ExporterImage,
        ImagePullPolicy = args.ImagePullPolicy,
        Args =
        [
            $"--config.my-cnf={MySqlVolumes.ExporterOptions}",
            // It asks at 127.0.0.1, which certificates do not name.
            .. args.Tls is not null ? (string[])["--tls.insecure-skip-verify"] : [],
            .. args.EffectiveProfile.HasTransactionIds ? (string[])["--collect.heartbeat", $"--collect.heartbeat.database={Database}", $"--collect.heartbeat.table={View}"] : [],
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
