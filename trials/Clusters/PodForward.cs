using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using k8s;
using k8s.Autorest;

namespace Trials.Clusters;

/// <summary>A port of this machine that leads to one of a pod, whichever pod has the name when a connection is made: as <c>kubectl port-forward</c>, but for that.</summary>
internal sealed class PodForward : IAsyncDisposable
{
    private readonly IKubernetes client;
    private readonly (string Namespace, string Pod, int Port) to;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    /// <summary>Opens one.</summary>
    public PodForward(IKubernetes client, string place, string pod, int port)
    {
        (this.client, to) = (client, (place, pod, port));
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where it is.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>Closes it; connections end by themselves when either side does.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var caller = await listener.AcceptTcpClientAsync(stop.Token);
            // Each for itself; a caller whose connection fails sees it closed.
            _ = ConnectAsync(caller);
        }
    }

    private async Task ConnectAsync(TcpClient caller)
    {
        using var accepted = caller;
        try
        {
            using var socket = await client.WebSocketNamespacedPodPortForwardAsync(to.Pod, to.Namespace, [to.Port], "v4.channel.k8s.io", cancellationToken: stop.Token);
            using var streams = new StreamDemuxer(socket, StreamType.PortForward);
            var pod = streams.GetStream((byte?)0, (byte?)0);
            streams.Start();
            var near = caller.GetStream();
            // The library's reads block, and mind no token: a thread of its own, which ends with the connection.
            var answers = Task.Factory.StartNew(() => Pump(pod, near), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            var questions = near.CopyToAsync(pod, stop.Token);
            await await Task.WhenAny(answers, questions);
        }
        catch (Exception ended) when (ended is HttpOperationException or WebSocketException or HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The caller sees its connection closed, as it would that of a pod that is away.
        }
    }

    private static void Pump(Stream from, Stream to)
    {
        try
        {
            from.CopyTo(to);
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            // The caller has gone.
        }
    }
}
