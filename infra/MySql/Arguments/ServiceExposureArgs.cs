using System.Text;
using Infra.Arguments;
using Infra.Workloads;
using Pulumi;

namespace Infra.MySql;

/// <summary>How clients reach one of a cluster's Services.</summary>
public sealed class ServiceExposureArgs : ResourceArgs
{
    /// <summary>What Kubernetes takes of an object's annotations, keys and values together, in bytes.</summary>
    private const int MaxAnnotationsSize = 256 * 1024;

    /// <summary>The types of a Service, by which it is reached from within the cluster, at a port of every node, or at an address that a cloud gives.</summary>
    public static IReadOnlyList<string> Types { get; } = ["ClusterIP", "NodePort", "LoadBalancer"];

    /// <summary>From where: <c>ClusterIP</c>, <c>NodePort</c> or <c>LoadBalancer</c>. Default: <c>ClusterIP</c>, from within the cluster.</summary>
    [Input("type")]
    public Input<string>? Type { get; set; }

    /// <summary>
    /// Annotations, such as those by which a cloud is told what load balancer to make; none by default. Keys are qualified names such as
    /// <c>example.com/owner</c>; those of <c>pulumi.com/</c> are the component's own.
    /// </summary>
    [Input("annotations")]
    public InputMap<string>? Annotations { get; set; }

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which the cluster takes them.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument)
    {
        var size = Known.Entries(Annotations).Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value ?? string.Empty));
        return new ArgumentChecks($"{argument}.")
            .Value(nameof(Type), Type, type => Choice.Problem(type, Types))
            .Entries(nameof(Annotations), Annotations, (key, _) => MetadataKey.AnnotationProblem(key))
            .Add(nameof(Annotations), size <= MaxAnnotationsSize ? null : $"they have {size} bytes together; Kubernetes takes {MaxAnnotationsSize}")
            .Problems;
    }
}
