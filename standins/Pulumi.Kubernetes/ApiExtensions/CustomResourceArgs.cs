using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Pulumi.Kubernetes.ApiExtensions;

/// <summary>What an object of a kind that the cluster was taught is made of; a class of the program's own adds the rest.</summary>
public abstract class CustomResourceArgs : ResourceArgs
{
    public CustomResourceArgs(string apiVersion, string kind)
    {
        ApiVersion = apiVersion;
        Kind = kind;
        Token = $"kubernetes:{apiVersion}:{kind}";
    }

    [Input("apiVersion")]
    public Input<string> ApiVersion { get; }

    [Input("kind")]
    public Input<string> Kind { get; }

    [Input("metadata")]
    public Input<ObjectMetaArgs>? Metadata { get; set; }

    internal string Token { get; }
}
