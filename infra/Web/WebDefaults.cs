using Infra.Workloads;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Web;

/// <summary>What a web system is where nothing was said.</summary>
internal static class WebDefaults
{
    /// <summary>As in the document that the system comes from.</summary>
    public const int Replicas = 2;

    /// <summary>The server's image.</summary>
    public const string Image = "nginx:1.28";

    /// <summary>The number of the image's user nginx, of its group, and of the group of the volumes.</summary>
    public const int User = 101;

    /// <summary>The processor time that a server asks for: little, as it serves files.</summary>
    public const string Cpu = "50m";

    /// <summary>The memory that a server asks for.</summary>
    public const string Memory = "64Mi";

    /// <summary>What a server asks for and may not exceed: what was said of it, or else the defaults.</summary>
    public static ResourceRequirementsArgs Resources(WebClusterArgs args) =>
        ContainerResources.Of(args.Cpu ?? Cpu, args.Memory ?? Memory, args.CpuLimit, args.MemoryLimit);
}
