using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trials.Instances;

namespace Trials.Metrics;

/// <summary>A Prometheus of a trial's own, on this machine: it asks exporters every second and judges as often.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string Configuration =
        """
        global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
        rule_files: [ rules.json ]
        scrape_configs: [ { job_name: mysql, file_sd_configs: [ { files: [ targets.json ], refresh_interval: 1s } ] } ]
        """;

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new();
    private readonly Process process;

    /// <summary>Starts it.</summary>
    /// <param name="rules">A file of rules.</param>
    public PrometheusServer(string rules)
    {
        folder.Write("prometheus.yml", Configuration);
        folder.Write("rules.json", rules);
        folder.Write("targets.json", "[]");
        var port = FreePort.Find();
        client.BaseAddress = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
        process = Process.Start(new ProcessStartInfo(
            PrometheusTools.Server,
            [$"--config.file={folder.Root}/prometheus.yml", $"--storage.tsdb.path={folder.Root}/data", $"--web.listen-address={client.BaseAddress.Authority}", "--log.level=error"]))!;
    }

    /// <summary>From now on it asks these exporters; a pod's metrics carry its name, as the Prometheus operator has it.</summary>
    public void Asks(IEnumerable<(string Pod, IPEndPoint Exporter)> pods, string @namespace)
    {
        folder.Write("targets.json.new", JsonSerializer.Serialize(pods.Select(pod => new
        {
            targets = new[] { pod.Exporter.ToString() },
            labels = new Dictionary<string, string> { ["pod"] = pod.Pod, ["namespace"] = @namespace, ["container"] = "metrics" },
        })));
        File.Move(Path.Combine(folder.Root, "targets.json.new"), Path.Combine(folder.Root, "targets.json"), overwrite: true);
    }

    /// <summary>The series that a query finds now; none while the server does not answer yet.</summary>
    public async Task<IReadOnlyList<JsonNode>> QueryAsync(string expression)
    {
        try
        {
            using var answer = await client.GetAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}");
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            return (string?)body["status"] == "success"
                ? [.. body["data"]!["result"]!.AsArray().OfType<JsonNode>()]
                : throw new InvalidOperationException($"{expression}: {body["error"]}");
        }
        catch (Exception early) when (early is HttpRequestException or JsonException)
        {
            return [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        client.Dispose();
        folder.Dispose();
    }
}
