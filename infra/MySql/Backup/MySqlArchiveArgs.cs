using Infra.Arguments;
using Infra.Identity;
using Pulumi;

namespace Infra.MySql;

/// <summary>
/// The primary's binary logs, archived beside the backups as they are written, so that a restore goes to any point in time: a pod that receives them as a replica
/// does, applies none of them, and stores what it has received.
/// </summary>
public sealed class MySqlArchiveArgs : ResourceArgs
{
    /// <summary>How many seconds of writes may be not yet stored, 10 to 3600. Default: 60. A server that is lost with its volume, and with all others, takes those along.</summary>
    [Input("seconds")]
    public Input<int>? Seconds { get; set; }

    /// <summary>The size of the volume for what is received and not yet stored, a quantity. Default: 10Gi. It goes with the pod: the primary still has what was on it.</summary>
    [Input("storage")]
    public Input<string>? Storage { get; set; }

    /// <summary>The storage class of that volume. Default: that of the servers' volumes.</summary>
    [Input("storageClass")]
    public Input<string>? StorageClass { get; set; }

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which they are taken.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument) => new ArgumentChecks($"{argument}.")
        .Value(nameof(Seconds), Seconds, SecondsProblem)
        .Value(nameof(Storage), Storage, text => Quantity.Problem(text, MySqlBackupDefaults.ArchiveStorage))
        .Value(nameof(StorageClass), StorageClass, ResourceName.ObjectProblem)
        .Problems;

    private static string? SecondsProblem(int seconds) => seconds is >= MySqlBackupDefaults.LeastArchiveSeconds and <= MySqlBackupDefaults.MostArchiveSeconds
        ? null
        : $"{seconds}: it is a time in seconds from {MySqlBackupDefaults.LeastArchiveSeconds} to {MySqlBackupDefaults.MostArchiveSeconds}";
}
