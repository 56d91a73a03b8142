using Pulumi.Kubernetes.Types.Outputs.Meta.V1;

namespace Pulumi.Kubernetes.ApiExtensions;

/// <summary>An object of a kind that the cluster was taught.</summary>
public class CustomResource(string name, CustomResourceArgs args, CustomResourceOptions? options = null)
    : KubernetesResource(args.Token, name, args, options)
{
    [Output("apiVersion")]
    public Output<string> ApiVersion { get; private set; } = null!;

    [Output("kind")]
    public Output<string> Kind { get; private set; } = null!;

    [Output("metadata")]
    public Output<ObjectMeta> Metadata { get; private set; } = null!;
}
