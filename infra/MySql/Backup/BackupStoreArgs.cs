using System.Text.RegularExpressions;
using Infra.Arguments;
using Infra.Identity;
using Pulumi;

namespace Infra.MySql;

/// <summary>
/// Where backups are kept: on a claim, in whatever rclone reaches, such as a bucket of S3, or as snapshots of volumes, by the storage itself. One of <see cref="Claim"/>,
/// <see cref="Storage"/>, <see cref="Remote"/> and <see cref="SnapshotClass"/> is given. A plain type shapes the graph.
/// </summary>
public sealed partial class BackupStoreArgs : ResourceArgs
{
    /// <summary>A claim that is there already, in the system's namespace.</summary>
    [Input("claim")]
    public string? Claim { get; set; }

    /// <summary>The size of a claim that is made for the backups, <c>&lt;name&gt;-backups</c>, a quantity. It outlives the system. Not for a restore.</summary>
    [Input("storage")]
    public Input<string>? Storage { get; set; }

    /// <summary>The storage class of that claim. Default: the cluster's.</summary>
    [Input("storageClass")]
    public Input<string>? StorageClass { get; set; }

    /// <summary>
    /// A remote of rclone and a path in it, such as <c>shop:my-bucket/mysql</c>. A remote of type <c>crypt</c> around another one encrypts what leaves the pod.
    /// </summary>
    [Input("remote")]
    public string? Remote { get; set; }

    /// <summary>The Secret whose key <c>rclone.conf</c> says what that remote is, its credentials and how it encrypts; this program never reads it.</summary>
    [Input("secret")]
    public string? Secret { get; set; }

    /// <summary>The image that brings rclone. Default: rclone/rclone:1.71.</summary>
    [Input("image")]
    public Input<string>? Image { get; set; }

    /// <summary>
    /// A VolumeSnapshotClass of the cluster. A backup is a VolumeSnapshot of a server's claim then, in the system's namespace, and nothing is copied. A restore
    /// takes it as the backup does; the snapshot is there already.
    /// </summary>
    [Input("snapshotClass")]
    public string? SnapshotClass { get; set; }

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which they are taken.</param>
    /// <param name="canMake">Whether a claim may be made for it.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument, bool canMake)
    {
        var said = new[] { Claim is not null, Storage is not null, Remote is not null, SnapshotClass is not null }.Count(one => one);
        var choice = canMake ? "claim, storage, remote or snapshotClass" : "claim, remote or snapshotClass";
        var checks = new ArgumentChecks($"{argument}.")
            .Add(nameof(Storage), Storage is not null && !canMake ? "a restore reads a store that is there; claim or remote names it" : null)
            .Add(nameof(Claim), Claim is null ? null : ResourceName.ObjectProblem(Claim))
            .Value(nameof(Storage), Storage, text => Quantity.Problem(text, "100Gi"))
            .Value(nameof(StorageClass), StorageClass, ResourceName.ObjectProblem)
            .Add(nameof(StorageClass), StorageClass is not null && Storage is null ? "it is for the claim that storage makes; a claim that is there has its own" : null)
            .Add(nameof(Remote), Remote is null || RemotePattern().IsMatch(Remote) ? null
                : ParametersPattern().IsMatch(Remote) ? "it has rclone's parameters after a comma, which logs and the pod's description would show; they belong into the Secret's rclone.conf, and here the name that they have there"
                : $"\"{Remote}\" is not a remote of rclone and a path in it, such as shop:my-bucket/mysql")
            .Add(nameof(SnapshotClass), SnapshotClass is null ? null : ResourceName.ObjectProblem(SnapshotClass))
            .Add(nameof(Secret), Secret is null ? null : ResourceName.ObjectProblem(Secret))
            .Add(nameof(Secret), Remote is not null && Secret is null ? "a remote needs the Secret whose key rclone.conf says what it is" : null)
            .Add(nameof(Secret), Remote is null && Secret is not null ? "only a remote needs a Secret" : null)
            .Value(nameof(Image), Image, image => ImageName.Problem(image, MySqlBackupDefaults.RcloneImage))
            .Add(nameof(Image), Remote is null && Image is not null ? "only a remote needs rclone" : null);
        return new ArgumentChecks()
            .Add(argument, said == 1 ? null : said == 0 ? $"it names no place; one of {choice} does" : $"it names {said} places; one of {choice} is right")
            .AddRange(checks.Problems)
            .Problems;
    }

    [GeneratedRegex("^:?[A-Za-z0-9_][A-Za-z0-9_.+@-]*:[^\\s]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex RemotePattern();

    [GeneratedRegex("^:?[^:]*,", RegexOptions.CultureInvariant)]
    private static partial Regex ParametersPattern();
}
