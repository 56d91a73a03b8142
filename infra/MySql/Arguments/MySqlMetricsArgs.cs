using Infra.Arguments;
using Infra.Workloads;
using Pulumi;

namespace Infra.MySql;

/// <summary>
/// Metrics of a cluster. A plain type shapes the graph: a PodMonitor and a PrometheusRule are of kinds that the Prometheus operator brings, and a cluster without
/// it refuses them.
/// </summary>
public sealed class MySqlMetricsArgs : ResourceArgs
{
    /// <summary>The exporter's image. Default: prom/mysqld-exporter:v0.19.0. It has to know its options of 0.15 and later.</summary>
    [Input("image")]
    public Input<string>? Image { get; set; }

    /// <summary>Whether a PodMonitor has the Prometheus operator collect the metrics. Default: true.</summary>
    [Input("podMonitor")]
    public bool? PodMonitor { get; set; }

    /// <summary>Whether a PrometheusRule tells when something is wrong. Default: true.</summary>
    [Input("rules")]
    public bool? Rules { get; set; }

    /// <summary>Whether a ConfigMap with the label <c>grafana_dashboard: "1"</c> holds a dashboard for Grafana. Default: true.</summary>
    [Input("dashboard")]
    public bool? Dashboard { get; set; }

    /// <summary>
    /// Labels of the PodMonitor, the PrometheusRule and the dashboard beside the cluster's own, by which a Prometheus chooses what is its own, such as
    /// <c>release: prometheus</c>; none by default.
    /// </summary>
    [Input("labels")]
    public InputMap<string>? Labels { get; set; }

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which the cluster takes them.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument) => new ArgumentChecks($"{argument}.")
        .Value(nameof(Image), Image, image => ImageName.Problem(image, "mysqld-exporter:v0.19.0"))
        .Entries(nameof(Labels), Labels, WorkloadLabels.ExtraProblem)
        .Problems;
}
