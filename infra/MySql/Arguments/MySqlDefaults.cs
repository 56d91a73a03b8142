using Infra.MySql.Profiles;
using Infra.Workloads;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>What a MySQL cluster is where nothing was said.</summary>
internal static class MySqlDefaults
{
    /// <summary>A primary and two replicas: one may be away.</summary>
    public const int Replicas = 3;

    /// <summary>The number of the server images' user mysql, of its group, and of the group of the volumes. The other image has no such user, and takes any.</summary>
    public const int User = 999;

    /// <summary>The size of a server's volume.</summary>
    public const string Storage = "10Gi";

    /// <summary>The processor time that a server asks for.</summary>
    public const string Cpu = "500m";

    /// <summary>The memory that a server asks for.</summary>
    public const string Memory = "1Gi";

    /// <summary>How far a replica may be behind and still serve readers, in seconds.</summary>
    public const int MaxLagSeconds = 30;

    /// <summary>How long a replica goes on serving readers while it cannot reach the primary, in seconds: for ever.</summary>
    public const int MaxAwaySeconds = 0;

    /// <summary>How long a new replica waits for a backup that makes no progress, in seconds.</summary>
    public const int SeedTimeoutSeconds = 600;

    /// <summary>
    /// How long a copy may come to a halt before its donor counts as dead, in seconds. Longer than a donor may wait for a long query before it sends.
    /// </summary>
    public const int SeedStallSeconds = 120;

    /// <summary>How long a probe for readiness or for a start may take, in seconds.</summary>
    public const int ProbeTimeoutSeconds = 3;

    /// <summary>How long a server may take to start, crash recovery included, in seconds.</summary>
    public const int StartupSeconds = 3600;

    /// <summary>How long a server may take to shut down, in seconds.</summary>
    public const int GracePeriodSeconds = 300;

    /// <summary>The exporter of metrics. One of 0.20 opens two connections each time it is asked, and then only one Prometheus may ask at a time.</summary>
    public const string ExporterImage = "prom/mysqld-exporter:v0.19.0";

    /// <summary>The oldest profile whose server is still supported by its makers.</summary>
    public static MySqlProfile Profile => MySqlProfile.MySql84;

    /// <summary>What a server asks for and may not exceed: what was said of it, or else the defaults. Its data are on a volume; a sort may write beside them.</summary>
    public static ResourceRequirementsArgs ServerResources(MySqlClusterArgs args) =>
        ContainerResources.Of(args.EffectiveCpu, args.EffectiveMemory, args.CpuLimit, args.MemoryLimit);

    /// <summary>What the sidecar asks for, as in the document that the cluster comes from: it sleeps most of the time, and a backup takes what is free.</summary>
    public static ResourceRequirementsArgs SidecarResources() => ContainerResources.Of("100m", "100Mi");

    /// <summary>What the exporter of metrics asks for: it reads a few tables each time it is asked.</summary>
    public static ResourceRequirementsArgs ExporterResources() => ContainerResources.Of("20m", "32Mi");

    /// <summary>
    /// How long a deployment waits for all servers: as any workload, and as long again as one server may take to start, as a crash recovery in the midst of
    /// it is no failure.
    /// </summary>
    public static TimeSpan ReadyTimeout(int replicas, int minReadySeconds, int startupSeconds) =>
        WorkloadDefaults.ReadyTimeout(replicas, minReadySeconds) + TimeSpan.FromSeconds(startupSeconds);
}
