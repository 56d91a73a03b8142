using System.Net;
using System.Net.Sockets;

namespace Trials.Backup;

/// <summary>The way to a server, which brings everything there and back, and after so many bytes to the server nothing any more: connections are cut in the midst of what they carry.</summary>
internal sealed class CutConnections : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly IPEndPoint server;
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private long left = long.MaxValue;

    /// <summary>Opens it.</summary>
    /// <param name="address">Where it is asked.</param>
    /// <param name="server">Where it leads to.</param>
    public CutConnections(IPAddress address, IPEndPoint server)
    {
        this.server = server;
        listener = new TcpListener(address, 0);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where it is asked.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>From now on so many more bytes come through.</summary>
    public void CutAfter(long bytes) => Interlocked.Exchange(ref left, bytes);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carried = new List<Task>();
        try
        {
            while (true)
            {
                carried.Add(CarryAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var from = client;
        using var to = new TcpClient();
        try
        {
            await to.ConnectAsync(server, stop.Token);
            // Whichever way ends first ends both.
            await await Task.WhenAny(CopyAsync(from.GetStream(), to.GetStream(), counts: true), CopyAsync(to.GetStream(), from.GetStream(), counts: false));
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
        {
            // What was to be seen of it is seen at both ends.
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool counts)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReadAsync(buffer, stop.Token) is var count and > 0)
        {
            if (counts && Interlocked.Add(ref left, -count) < 0)
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), stop.Token);
        }
    }
}
