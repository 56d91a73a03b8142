using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Arguments;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using ApiObject = Pulumi.Kubernetes.ApiExtensions.CustomResource;

namespace Infra.MySql;

/// <summary>
/// What has the metrics of a cluster collected, judged and shown. All of it is made when the servers have been ready: before that there is a user missing, or a
/// server, and rules would cry at the first deployment.
/// </summary>
internal sealed class MySqlMetrics
{
    /// <summary>The API of the Prometheus operator.</summary>
    private const string Api = "monitoring.coreos.com/v1";

    private readonly string name;
    private readonly WorkloadScope scope;
    private readonly MySqlClusterArgs args;
    private readonly CustomResourceOptions options;
    private readonly Output<string> @namespace;

    /// <summary>Registers what is asked for, and says what is left out.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="scope">What the cluster's objects share.</param>
    /// <param name="args">The cluster's arguments, with metrics.</param>
    /// <param name="workload">The servers.</param>
    /// <param name="options">The resources' options.</param>
    public MySqlMetrics(string name, WorkloadScope scope, MySqlClusterArgs args, OrderedWorkload workload, CustomResourceOptions options)
    {
        (this.name, this.scope, this.args) = (name, scope, args);
        this.options = CustomResourceOptions.Merge(options, new CustomResourceOptions { DependsOn = { workload.StatefulSet } });
        @namespace = WorkloadScope.NamespaceOf(workload.Service);
        var metrics = args.Metrics!;
        PodMonitor = metrics.PodMonitor ?? true
            ? new ApiObject($"{name}-metrics", new OperatorObject(Api, "PodMonitor") { Metadata = Metadata(scope.Identity.Name), Spec = Monitor() }, this.options)
            : LeftOut<ApiObject>("PodMonitor", $"the Prometheus operator does not collect its metrics, which are at port {MySqlPorts.Metrics.Number} of each pod");
        Rules = metrics.Rules ?? true
            ? new ApiObject($"{name}-alerts", new OperatorObject(Api, "PrometheusRule") { Metadata = Metadata(scope.Identity.Name), Spec = AllRules() }, this.options)
            : LeftOut<ApiObject>("PrometheusRule", "nobody is told when something is wrong");
        Dashboard = metrics.Dashboard ?? true
            ? new ConfigMap($"{name}-dashboard", DashboardArgs(), this.options)
            : LeftOut<ConfigMap>("dashboard", "Grafana shows none of this cluster");
    }

    /// <summary>What has the metrics collected; null where that was left out.</summary>
    public ApiObject? PodMonitor { get; }

    /// <summary>The alerts; null where they were left out.</summary>
    public ApiObject? Rules { get; }

    /// <summary>The dashboard; null where it was left out.</summary>
    public ConfigMap? Dashboard { get; }

    private T? LeftOut<T>(string what, string consequence)
        where T : Resource
    {
        Log.Info($"MySqlCluster \"{name}\" is made without a {what}, as asked: {consequence}.", options.Parent);
        return null;
    }

    private static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Those about backups are there where backups are, and that about their archive where there is one.</summary>
    private Output<JsonElement> AllRules()
    {
        string[] files = ["rules.json", .. args.Backup is null ? (string[])[] : ["backup-rules.json"], .. args.Backup?.Archive is null ? (string[])[] : ["archive-rules.json"]];
        return Output.All(files.Select(Text)).Apply(texts => Parsed(GroupsOf(texts)));
    }

    private static string GroupsOf(IEnumerable<string> files)
    {
        var groups = files.SelectMany(file => JsonNode.Parse(file)!["groups"]!.AsArray()).Select(group => group!.DeepClone());
        return new JsonObject { ["groups"] = new JsonArray([.. groups]) }.ToJsonString();
    }

    private Output<string> Text(string file) => MetricsText.Of(file, scope, args, @namespace);

    private ObjectMetaArgs Metadata(string objectName, params (string Key, string Value)[] more)
    {
        var metadata = scope.Named(objectName);
        if (args.Metrics!.Labels is { } labels)
        {
            metadata.Labels = InputMap<string>.Merge(
                ArgumentChecks.Later($"{nameof(MySqlCluster)} \"{name}\"", "Metrics.Labels", labels, WorkloadLabels.ExtraProblem), metadata.Labels);
        }

        foreach (var (key, value) in more)
        {
            metadata.Labels.Add(key, value);
        }

        return metadata;
    }

    private JsonElement Monitor() => JsonSerializer.SerializeToElement(new
    {
        selector = new { matchLabels = new SortedDictionary<string, string>(scope.Labels.Selector) },
        podMetricsEndpoints = new[] { new { port = MySqlPorts.Metrics.Name, path = "/metrics", interval = "15s" } },
    });

    private ConfigMapArgs DashboardArgs() => new()
    {
        Metadata = Metadata($"{scope.Identity.Name}-dashboard", ("grafana_dashboard", "1")),
        // Grafana's sidecar puts the dashboards of all namespaces into one folder.
        Data = Output.Tuple(@namespace, Text("dashboard.json"))
            .Apply(known => ImmutableDictionary<string, string>.Empty.Add($"{known.Item1}-{scope.Identity.Name}.json", known.Item2)),
    };
}
