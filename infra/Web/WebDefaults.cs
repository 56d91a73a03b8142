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

    /// <summary>What a server asks for: little, as it serves files.</summary>
    public static ResourceRequirementsArgs Resources() => new() { Requests = { ["cpu"] = "50m", ["memory"] = "64Mi" } };
}
