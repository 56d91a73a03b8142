using k8s.Models;

namespace Cli.Clusters;

/// <summary>A Job of a real cluster.</summary>
internal static class ClusterJob
{
    /// <summary>The type of the condition of a Job that has succeeded.</summary>
    public const string Complete = "Complete";

    /// <summary>How a Job ended: the condition that it is complete or failed; null while it is neither.</summary>
    public static V1JobCondition? End(V1Job job) => job.Status?.Conditions?.FirstOrDefault(one => one is { Status: "True", Type: Complete or "Failed" });
}
