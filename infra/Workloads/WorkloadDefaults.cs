namespace Infra.Workloads;

/// <summary>What a workload is where nothing was said.</summary>
internal static class WorkloadDefaults
{
    /// <summary>As a StatefulSet's own.</summary>
    public const int Replicas = 1;

    /// <summary>The part of an application that is all there is of it.</summary>
    public const string Component = "server";

    /// <summary>How long a deployment waits for all pods: images are pulled and volumes attached one pod after the other.</summary>
    public static TimeSpan ReadyTimeout(int replicas, int minReadySeconds) =>
        TimeSpan.FromMinutes(10 + (5 * replicas)) + TimeSpan.FromSeconds((double)minReadySeconds * replicas);
}
