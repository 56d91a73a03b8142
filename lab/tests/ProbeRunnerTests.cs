using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using k8s.Models;
using Lab.Podman;
using Lab.Pods;
using Lab.Probes;
using Lab.Processes;
using Lab.Specs;
using Moq;
using Xunit;

namespace Lab.Tests;

public sealed class ProbeRunnerTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ProbeRunnerTests() => _listener.Start();

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData("peer")]
    [InlineData(null)]
    public async Task A_port_is_connected_to_by_its_name_or_its_number(string? name) =>
        Assert.Equal(new ProbeResult(true, $"port {Port} accepts connections"), await ConnectAsync(name ?? $"{Port}"));

    [Fact]
    public async Task A_port_that_nobody_listens_on_fails_the_check()
    {
        var port = $"{Port}";
        _listener.Stop();

        Assert.False((await ConnectAsync(port)).Success);
    }

    [Fact]
    public async Task A_name_that_no_port_has_fails_the_check_and_is_told() =>
        Assert.Equal(new ProbeResult(false, "Container etcd has no port named client."), await ConnectAsync("client"));

    private Task<ProbeResult> ConnectAsync(string port)
    {
        var probe = SpecJson.Read<V1Probe>(new JsonObject { ["tcpSocket"] = new JsonObject { ["port"] = port } }, "probe");
        var container = PodDefaults.Fill(new V1Container { Name = "etcd", ReadinessProbe = probe, Ports = [new V1ContainerPort { Name = "peer", ContainerPort = Port }] });
        var runner = new ProbeRunner(new ContainerExec(new Mock<ICommandRunner>(MockBehavior.Strict).Object));
        return runner.RunAsync(new Sandbox("127.0.0.1", 0), new ContainerRun("etcd", "id", 1, 0, DateTimeOffset.UnixEpoch, ""), container, probe, CancellationToken.None);
    }
}
