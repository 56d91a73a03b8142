using System.Text.Json;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace Infra.Workloads;

/// <summary>An object of a kind that an operator brings, such as the Prometheus operator or cert-manager.</summary>
/// <param name="apiVersion">The operator's API.</param>
/// <param name="kind">The kind.</param>
internal sealed class OperatorObject(string apiVersion, string kind) : CustomResourceArgs(apiVersion, kind)
{
    /// <summary>What it says.</summary>
    [Input("spec", required: true)]
    public required Input<JsonElement> Spec { get; set; }
}
