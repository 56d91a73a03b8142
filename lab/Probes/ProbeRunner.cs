using System.Net.Sockets;
using k8s.Models;
using Lab.Podman;
using Lab.Pods;
using Lab.Specs;

namespace Lab.Probes;

/// <summary>Does single checks of containers.</summary>
/// <param name="exec">Runs programs in containers.</param>
public sealed class ProbeRunner(ContainerExec exec)
{
    private const int OutputLimit = 1024;

    // As the kubelet: each check connects anew, certificates are not checked, a redirect counts as an answer.
#pragma warning disable CA5359 // The probe asks whether the server answers; Kubernetes defines it to accept any certificate.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.Zero,
        AllowAutoRedirect = false,
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
#pragma warning restore CA5359

    /// <summary>Does one check; everything that goes wrong is a failed check.</summary>
    public async Task<ProbeResult> RunAsync(Sandbox sandbox, ContainerRun run, V1Container container, V1Probe probe, CancellationToken cancel)
    {
        var limit = TimeSpan.FromSeconds(probe.TimeoutSeconds!.Value);
        try
        {
            return probe switch
            {
                { Exec: { } action } => await ExecAsync(run, action, limit, cancel).ConfigureAwait(false),
                { TcpSocket: { } action } => await TcpAsync(sandbox.Address, container.PortNumber(action.Port), limit, cancel).ConfigureAwait(false),
                { HttpGet: { } action } => await HttpAsync(sandbox.Address, container.PortNumber(action.Port), action, limit, cancel).ConfigureAwait(false),
                _ => new ProbeResult(false, "the lab knows exec, tcpSocket and httpGet probes"),
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ProbeResult(false, $"no answer within {limit.TotalSeconds} s");
        }
        catch (Exception failure) when (failure is SocketException or HttpRequestException or ClusterException)
        {
            return new ProbeResult(false, failure.Message);
        }
    }

    private async Task<ProbeResult> ExecAsync(ContainerRun run, V1ExecAction action, TimeSpan limit, CancellationToken cancel)
    {
        var result = await exec.RunAsync(run.Id, [.. action.Command], limit: limit, cancel: cancel).ConfigureAwait(false);
        var said = (result.StandardOutput + result.StandardError).Trim();
        said = said.Length > OutputLimit ? said[..OutputLimit] : said;
        return result.TimedOut
            ? new ProbeResult(false, $"no answer within {limit.TotalSeconds} s{(said.Length > 0 ? $": {said}" : "")}")
            : new ProbeResult(result.ExitCode == 0, said.Length > 0 ? said : $"exit code {result.ExitCode}");
    }

    private static async Task<ProbeResult> TcpAsync(string address, int port, TimeSpan limit, CancellationToken cancel)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(limit);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, port, time.Token).ConfigureAwait(false);
        return new ProbeResult(true, $"port {port} accepts connections");
    }

    private static async Task<ProbeResult> HttpAsync(string address, int port, V1HTTPGetAction action, TimeSpan limit, CancellationToken cancel)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(limit);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{action.Scheme.ToLowerInvariant()}://{address}:{port}/{action.Path.TrimStart('/')}");
        foreach (var header in action.HttpHeaders)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, time.Token).ConfigureAwait(false);
        return new ProbeResult((int)answer.StatusCode is >= 200 and < 400, $"HTTP status {(int)answer.StatusCode}");
    }
}
