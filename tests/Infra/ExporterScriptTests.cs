using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Tests.Infra;

/// <summary>The option file by which the exporter of metrics logs in, and how it hears of a new password.</summary>
public sealed class ExporterScriptTests
{
    private const string Keep = "load_secrets; keep_exporter";

    [Theory]
    [InlineData("mysql-5.7", 3306)]
    [InlineData("mysql-8.4", 33062)]
    public async Task Its_file_says_who_it_is_and_where_the_server_lets_it_in_whatever_clients_do(string profile, int port)
    {
        using var pod = new ScriptPod(profile, 0);
        pod.HasExporter();

        await CallAsync(pod, "load_secrets; write_exporter_options");

        Assert.Equal($"0644 [client]\nuser=metrics\npassword=metricspassword\nhost=127.0.0.1\nport={port}\n", pod.Files("metrics")["my.cnf"]);
    }

    [Fact]
    public async Task The_configuration_of_a_pod_has_it_from_the_start()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.HasExporter();
        pod.HasData("mysql-1");

        Assert.Equal(0, (await pod.RunAsync("init-mysql.sh")).ExitCode);

        Assert.Contains("password=metricspassword\n", pod.Read("metrics/my.cnf"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_without_an_exporter_asks_for_no_password_of_one_and_writes_nothing()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.Environment["METRICS_DIRECTORY"] = pod.Path("metrics");

        Assert.Equal(("done\n", ""), (await CallAsync(pod, $"{Keep} && echo done")) is var run ? (run.Output, run.Errors) : default);

        Assert.False(Directory.Exists(pod.Path("metrics")));
        Assert.Empty(pod.Calls);
    }

    [Fact]
    public async Task A_Secret_without_its_password_is_named()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.HasExporter();
        File.Delete(pod.Path("credentials/metrics-password"));

        Assert.Equal(["the Secret has no readable metrics-password"], (await CallAsync(pod, "load_secrets || true")).Said);
    }

    [Fact]
    public async Task A_new_password_is_handed_on_once_the_server_takes_it()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        using var exporter = new TcpListener(IPAddress.Loopback, 0);
        exporter.Start();
        var heard = AnswerOnceAsync(exporter, "HTTP/1.0 200 OK\r\n\r\nok");
        pod.HasExporter(((IPEndPoint)exporter.LocalEndpoint).Port);
        await CallAsync(pod, "load_secrets; write_exporter_options");
        pod.Write("credentials/metrics-password", "another");
        pod.Answers("metrics:another@127.0.0.1", "SELECT 1;", "1");

        var run = await CallAsync(pod, $"{Keep}; keep_exporter");

        Assert.Equal(["the exporter of metrics has the Secret's new password"], run.Said);
        Assert.Equal("POST /-/reload HTTP/1.0", await heard);
        Assert.Contains("password=another\n", pod.Read("metrics/my.cnf"), StringComparison.Ordinal);
        Assert.Single(pod.CallsOf("mysql"));
    }

    [Fact]
    public async Task A_new_password_that_the_server_does_not_take_yet_is_not_handed_on()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.HasExporter();
        await CallAsync(pod, "load_secrets; write_exporter_options");
        pod.Write("credentials/metrics-password", "another");
        pod.Answers("metrics:*", "SELECT 1;", "ERROR 1045 (28000): Access denied");

        Assert.Empty((await CallAsync(pod, Keep)).Said);

        Assert.Contains("password=metricspassword\n", pod.Read("metrics/my.cnf"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exporter_that_does_not_answer_reads_it_when_it_starts_again()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.HasExporter();
        pod.Answers("metrics:metricspassword@127.0.0.1", "SELECT 1;", "1");

        var run = await CallAsync(pod, Keep);

        Assert.Equal(["the exporter of metrics has a new password to read and does not answer; it reads it when it starts again"], run.Said);
        Assert.Contains("password=metricspassword\n", pod.Read("metrics/my.cnf"), StringComparison.Ordinal);
    }

    private static Task<ScriptRun> CallAsync(ScriptPod pod, string commands) => pod.CallAsync("lib.sh exporter.sh", commands);

    private static async Task<string?> AnswerOnceAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream());
        var line = await reader.ReadLineAsync();
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
        return line;
    }
}
