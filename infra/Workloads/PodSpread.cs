namespace Infra.Workloads;

/// <summary>How a workload's pods are kept apart over hosts and zones: the values of <see cref="PodSettingsArgs.Spread"/>.</summary>
public static class PodSpread
{
    /// <summary>As well as it goes: a pod that finds no other host starts all the same.</summary>
    public const string Soft = "soft";

    /// <summary>
    /// Or not at all: a pod that finds no host or no zone of its own waits. Pods start one after the other, so that an ordered start can hang there, and an
    /// update, too; nodes without a zone's label take no pod.
    /// </summary>
    public const string Hard = "hard";

    /// <summary>Every value there is.</summary>
    public static IReadOnlyList<string> All { get; } = [Soft, Hard];
}
