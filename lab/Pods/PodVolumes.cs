using k8s.Models;
using Lab.Processes;
using Lab.Specs;

namespace Lab.Pods;

/// <summary>A pod's volumes as folders on this machine, and the mounts of its containers.</summary>
/// <param name="folder">The instance's folder.</param>
/// <param name="claims">Keeps the claims.</param>
/// <param name="runner">Mounts what is in memory.</param>
/// <param name="objects">The ConfigMaps and Secrets there are.</param>
public sealed class PodVolumes(LabFolder folder, ClaimStore claims, ICommandRunner runner, Func<DesiredCluster> objects)
{
    private const UnixFileMode Everyone = (UnixFileMode)0x1FF;

    private readonly VolumeGroup _group = new(runner);

    /// <summary>Makes all volumes of a pod that are not there.</summary>
    /// <exception cref="ClusterException">A ConfigMap, Secret or key is missing, or a source is none that the lab knows.</exception>
    public async Task PrepareAsync(PodRecord pod)
    {
        foreach (var volume in pod.Template.Spec.Volumes.Where(volume => !pod.Claims.ContainsKey(volume.Name)))
        {
            var root = RootOf(pod, volume.Name);
            if (volume.EmptyDir is { } empty)
            {
                await MakeEmptyAsync(root, empty).ConfigureAwait(false);
                await _group.OwnAsync(pod.Template.Spec.SecurityContext, root).ConfigureAwait(false);
            }
            else if (!Project(pod, volume, root))
            {
                throw new ClusterException($"Volume {volume.Name} of {pod.Name}: the lab knows emptyDir, configMap, secret, projected, persistentVolumeClaim and ephemeral volumes.");
            }
        }

        foreach (var claim in pod.NamedClaims)
        {
            if (!await claims.ExistsAsync(pod.Namespace, claim).ConfigureAwait(false))
            {
                throw new ClusterException($"persistentvolumeclaim \"{claim}\" not found");
            }
        }

        foreach (var claim in pod.Claims.Values.Distinct())
        {
            await _group.OwnClaimAsync(pod.Template.Spec.SecurityContext, await claims.EnsureAsync(pod.Namespace, claim).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    /// <summary>Brings ConfigMap and Secret volumes of a running pod up to date.</summary>
    public void Refresh(PodRecord pod)
    {
        foreach (var volume in pod.Template.Spec.Volumes.Where(volume => Directory.Exists(RootOf(pod, volume.Name))))
        {
            Project(pod, volume, RootOf(pod, volume.Name));
        }
    }

    /// <summary>Podman's arguments for the mounts of a container; folders named by subPath are made now if they are missing.</summary>
    /// <exception cref="ClusterException">A mount names no volume, or leaves it.</exception>
    public async Task<IReadOnlyList<string>> MountsAsync(PodRecord pod, V1Container container)
    {
        var arguments = new List<string>();
        foreach (var mount in container.VolumeMounts)
        {
            var volume = pod.Template.Spec.Volumes.FirstOrDefault(one => one.Name == mount.Name);
            var root = pod.Claims.TryGetValue(mount.Name, out var claim) ? await claims.EnsureAsync(pod.Namespace, claim).ConfigureAwait(false)
                : volume is not null ? RootOf(pod, volume.Name)
                : throw new ClusterException($"Container {container.Name} mounts {mount.Name}, which is no volume of {pod.Name}.");
            var files = volume?.EmptyDir is null && claim is null;
            var readOnly = mount.ReadOnlyProperty == true || volume?.PersistentVolumeClaim?.ReadOnlyProperty == true || files;
            arguments.Add("--mount");
            arguments.Add($"type=bind,source={Source(root, mount, files)},destination={mount.MountPath}{(readOnly ? ",ro=true" : "")}");
        }

        return arguments;
    }

    /// <summary>Removes a pod's volumes except the claims that outlive it.</summary>
    public async Task RemoveAsync(PodRecord pod)
    {
        foreach (var claim in pod.OwnClaims)
        {
            await claims.RemoveAsync(pod.Namespace, claim).ConfigureAwait(false);
        }

        foreach (var mounted in MountTable.Below(folder.Pod(pod.Uid)))
        {
            await runner.RunAsync(new Command("umount", [mounted])).ConfigureAwait(false);
        }
    }

    private bool Project(PodRecord pod, V1Volume volume, string root)
    {
        if (ProjectedSource.Of(volume) is not { } sources)
        {
            return false;
        }

        var files = sources.SelectMany(source => source.Files(objects().DataOf(source.Kind, pod.Namespace, source.Name, source.Optional) ?? new Dictionary<string, byte[]>()));
        ProjectedFiles.Write(root, files, pod.Template.Spec.SecurityContext?.FsGroup);
        return true;
    }

    private async Task MakeEmptyAsync(string root, V1EmptyDirVolumeSource empty)
    {
        Directory.CreateDirectory(root);
        File.SetUnixFileMode(root, Everyone);
        if (empty.Medium == "Memory" && !MountTable.Contains(root))
        {
            var size = empty.SizeLimit is { } limit ? $",size={(long)limit.ToDecimal()}" : "";
            var mounted = await runner.RunAsync(new Command("mount", ["-t", "tmpfs", "-o", $"mode=0777{size}", folder.Id, root])).ConfigureAwait(false);
            if (!mounted.Succeeded)
            {
                throw new ClusterException($"A volume in memory cannot be mounted: {mounted.StandardError.Trim()}");
            }
        }
    }

    private static string Source(string root, V1VolumeMount mount, bool files)
    {
        if (mount.SubPath.Length == 0)
        {
            return root;
        }

        if (Path.IsPathRooted(mount.SubPath) || mount.SubPath.Split('/').Contains(".."))
        {
            throw new ClusterException($"subPath {mount.SubPath} of {mount.Name} leaves the volume.");
        }

        var path = Path.Combine(root, mount.SubPath);
        if (files)
        {
            // A link into ..data, which a later change replaces: the container keeps the file it started with.
            return Path.Combine(root, new FileInfo(Path.Combine(root, "..data")).LinkTarget ?? "", mount.SubPath);
        }

        MakeSubPath(root, path);
        return path;
    }

    // As the kubelet: root's, with the mode of the volume's root, and of its group where that hands it on. Without a group of the pod's, only root may write there.
    private static void MakeSubPath(string root, string path)
    {
        if (!Path.Exists(path))
        {
            MakeSubPath(root, Path.GetDirectoryName(path)!);
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, File.GetUnixFileMode(root));
        }
    }

    private string RootOf(PodRecord pod, string volume) => Path.Combine(folder.Pod(pod.Uid), "volumes", volume);
}
