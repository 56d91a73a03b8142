using k8s.Models;
using Lab.Processes;

namespace Lab.Pods;

/// <summary>Gives volumes to the group that a pod names (<c>fsGroup</c>), as the kubelet does: files can be read and written by it, and folders hand it on.</summary>
/// <param name="runner">Runs chgrp and chmod.</param>
/// <remarks>Source: kubernetes/kubernetes, pkg/volume/volume_linux.go.</remarks>
internal sealed class VolumeGroup(ICommandRunner runner)
{
    /// <summary>A volume of a pod's own, which is given to the group whatever the policy.</summary>
    public Task OwnAsync(V1PodSecurityContext? context, string root) => context?.FsGroup is { } group ? GiveAsync(group, root) : Task.CompletedTask;

    /// <summary>A claim: walked through at each start of a pod, or (<c>OnRootMismatch</c>) only where its root is not the group's already.</summary>
    public async Task OwnClaimAsync(V1PodSecurityContext? context, string root)
    {
        if (context?.FsGroup is { } group && !(context.FsGroupChangePolicy == "OnRootMismatch" && await IsGivenAsync(group, root).ConfigureAwait(false)))
        {
            await GiveAsync(group, root).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsGivenAsync(long group, string root) =>
        (await RunAsync("find", root, "-maxdepth", "0", "-gid", $"{group}", "-perm", "-2770").ConfigureAwait(false)).Length > 0;

    private async Task GiveAsync(long group, string root)
    {
        await RunAsync("chgrp", "-hR", $"{group}", root).ConfigureAwait(false);
        await RunAsync("find", root, "-type", "d", "-exec", "chmod", "ug+rwx,g+s", "{}", "+", "-o", "!", "-type", "l", "-exec", "chmod", "ug+rw", "{}", "+").ConfigureAwait(false);
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var result = await runner.RunAsync(new Command(program, arguments)).ConfigureAwait(false);
        return result.Succeeded ? result.StandardOutput : throw new ClusterException($"A volume cannot be given to the pod's group: {result.StandardError.Trim()}");
    }
}
