using System.Text.Json;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace Infra.MySql;

/// <summary>An object of a kind that the Prometheus operator brings.</summary>
/// <param name="kind">The kind.</param>
internal sealed class OperatorObject(string kind) : CustomResourceArgs("monitoring.coreos.com/v1", kind)
{
    /// <summary>What it says.</summary>
    [Input("spec", required: true)]
    public required Input<JsonElement> Spec { get; set; }
}
