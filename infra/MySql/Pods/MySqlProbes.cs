using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>How the cluster tells a server that runs, one that serves, and one that is still starting apart.</summary>
internal static class MySqlProbes
{
    private const int StartupPeriodSeconds = 2;

    /// <summary>Restarts a server whose process no longer answers. It says nothing of replication: a restart cures none of its troubles.</summary>
    public static ProbeArgs Liveness() => new()
    {
        Exec = new ExecActionArgs { Command = { "mysqladmin", $"--defaults-extra-file={MySqlEnvironment.HealthOptions}", "ping" } },
        InitialDelaySeconds = 30,
        PeriodSeconds = 10,
        TimeoutSeconds = 5,
    };

    /// <summary>Sends readers to a server only while it answers over TCP and its data is fresh enough.</summary>
    /// <param name="delaySeconds">How long after the container's start it is asked for at the earliest; null as soon as the server has started.</param>
    /// <param name="timeoutSeconds">How long it may take.</param>
    public static ProbeArgs Readiness(int? delaySeconds, Input<int> timeoutSeconds) => new()
    {
        Exec = new ExecActionArgs { Command = MySqlVolumes.Run("ready.sh") },
        InitialDelaySeconds = delaySeconds is { } delay ? (Input<int>)delay : null,
        PeriodSeconds = 2,
        TimeoutSeconds = timeoutSeconds,
    };

    /// <summary>Holds liveness back until the server answers for the first time: a crash recovery takes as long as it takes.</summary>
    /// <param name="seconds">How long the server may take.</param>
    /// <param name="timeoutSeconds">How long the probe may take.</param>
    public static ProbeArgs Startup(int seconds, Input<int> timeoutSeconds) => new()
    {
        Exec = new ExecActionArgs { Command = MySqlVolumes.Run("started.sh") },
        PeriodSeconds = StartupPeriodSeconds,
        TimeoutSeconds = timeoutSeconds,
        FailureThreshold = (int)(((long)seconds + StartupPeriodSeconds - 1) / StartupPeriodSeconds),
    };
}
