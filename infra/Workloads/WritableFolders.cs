using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>The few folders of an image that its programs write to, as its other files cannot be written: of one volume that lives as long as the pod.</summary>
internal static class WritableFolders
{
    /// <summary>The volume's name.</summary>
    public const string VolumeName = "writable";

    /// <summary>The volume.</summary>
    public static VolumeArgs Volume => new() { Name = VolumeName, EmptyDir = new EmptyDirVolumeSourceArgs() };

    /// <summary>A folder of a container, which no other container shares.</summary>
    /// <param name="container">The container's name.</param>
    /// <param name="path">Where it is.</param>
    public static VolumeMountArgs Of(string container, string path) => new() { Name = VolumeName, MountPath = path, SubPath = container + path };
}
