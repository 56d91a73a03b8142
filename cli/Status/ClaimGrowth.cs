using Cli.Clusters;
using k8s.Models;

namespace Cli.Status;

/// <summary>What there is to say of a claim whose volume is smaller than it asks for.</summary>
internal static class ClaimGrowth
{
    /// <summary>How far it has got, and what to do; nothing where it has what it asks for, or has no volume yet.</summary>
    public static string? Sentence(V1PersistentVolumeClaim claim)
    {
        if (ClaimSize.Asked(claim) is not { } asked || ClaimSize.Has(claim) is not { } has || has.ToDecimal() >= asked.ToDecimal())
        {
            return null;
        }

        var conditions = (claim.Status.Conditions ?? []).Where(one => one.Status == "True").ToList();
        var grows = $"claim {claim.Name()} has {has} of the {asked} that it asks for";
        var isPending = conditions.Any(one => one.Type == "FileSystemResizePending");
        // What the driver failed in stays said when the volume has grown and only its file system has not.
        var failed = conditions.FirstOrDefault(one => one.Type == (isPending ? "NodeResizeError" : "ControllerResizeError")) is { } condition ? ClusterConnection.OneLine(condition.Message ?? string.Empty) : null;
        return isPending
            ? $"{grows}: its file system grows when its pod starts anew, where the node does not do it by itself in some minutes; delete such pods one by one, each when the one before it is ready, the primary last{(failed is null ? string.Empty : $". The node: {failed}")}"
            : failed is not null ? $"{grows}, and cannot grow: {failed}"
            : $"{grows}: it grows; kubectl -n {claim.Namespace()} describe pvc {claim.Name()} tells what keeps it";
    }
}
