using System.Globalization;
using k8s.Models;
using Lab.Pods;
using Lab.Processes;
using Xunit;

namespace Lab.Tests;

/// <summary>What a volume looks like after it was given to a pod's group.</summary>
public sealed class VolumeGroupTests : IDisposable
{
    private static readonly CommandRunner Runner = new();

    private readonly TemporaryFolder _folder = new();

    public VolumeGroupTests()
    {
        Directory.CreateDirectory(At("data"), (UnixFileMode)0b111_101_000);
        Write("data/key.pem", 0b110_000_000);
        Write("data/run", 0b101_101_101);
        File.CreateSymbolicLink(At("data/link"), "/nowhere");
    }

    [Fact]
    public async Task Files_can_be_read_and_written_by_it_and_folders_hand_it_on()
    {
        await new VolumeGroup(Runner).OwnAsync(await ContextAsync(), _folder.Root);
        Assert.Equal("2770", Mode("data"));
        Assert.Equal("660", Mode("data/key.pem"));
        Assert.Equal("775", Mode("data/run"));
    }

    [Fact]
    public async Task A_claim_that_is_the_group_s_already_is_not_walked_through_where_the_pod_says_so()
    {
        var (group, context) = (new VolumeGroup(Runner), await ContextAsync("OnRootMismatch"));
        await group.OwnClaimAsync(context, _folder.Root);
        Assert.Equal("660", Mode("data/key.pem"));

        Write("data/key.pem", 0b110_000_000);
        await group.OwnClaimAsync(context, _folder.Root);
        Assert.Equal("600", Mode("data/key.pem"));
        await group.OwnClaimAsync(await ContextAsync(), _folder.Root);
        Assert.Equal("660", Mode("data/key.pem"));
    }

    [Fact]
    public async Task A_pod_without_a_group_leaves_volumes_alone()
    {
        await new VolumeGroup(Runner).OwnAsync(new V1PodSecurityContext { RunAsUser = 5 }, _folder.Root);
        await new VolumeGroup(Runner).OwnClaimAsync(null, _folder.Root);
        Assert.Equal("600", Mode("data/key.pem"));
    }

    public void Dispose() => _folder.Dispose();

    // This user's own group, to which anybody may give files.
    private static async Task<V1PodSecurityContext> ContextAsync(string? policy = null) => new()
    {
        FsGroup = long.Parse((await Runner.RunAsync(new Command("id", ["-g"]))).StandardOutput, CultureInfo.InvariantCulture),
        FsGroupChangePolicy = policy,
    };

    private string At(string name) => Path.Combine(_folder.Root, name);

    private string Mode(string name) => Convert.ToString((int)File.GetUnixFileMode(At(name)), 8);

    private void Write(string name, int mode)
    {
        File.WriteAllText(At(name), name);
        File.SetUnixFileMode(At(name), (UnixFileMode)mode);
    }
}
