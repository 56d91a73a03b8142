namespace Infra.Workloads;

/// <summary>Who may mount a pod's volume: the modes of a claim that a pod of its own has.</summary>
internal static class AccessMode
{
    /// <summary>Pods of one node at a time.</summary>
    public const string OneNode = "ReadWriteOnce";

    /// <summary>One pod at a time in the whole cluster, which the volume's driver has to know (a CSI driver, since Kubernetes 1.29).</summary>
    public const string OnePod = "ReadWriteOncePod";

    /// <summary>What is wrong with a mode; nothing when it is right.</summary>
    public static string? Problem(string mode) => Arguments.Choice.Problem(mode, [OneNode, OnePod]);
}
