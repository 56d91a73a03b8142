using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;

namespace Lab.Images;

/// <summary>Remembers which registries answer, so that one that doesn't costs a few seconds once.</summary>
public sealed class RegistryReach
{
    private const int HttpsPort = 443;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Task<bool>> _answers = [];

    /// <summary>Whether a registry accepts connections, asked once.</summary>
    /// <param name="registry">Its host, with a port or without; <c>localhost</c> without one is no registry.</param>
    public Task<bool> AnswersAsync(string registry) => _answers.GetOrAdd(registry, ConnectAsync);

    private static async Task<bool> ConnectAsync(string registry)
    {
        var parts = registry.Split(':');
        if (parts is ["localhost"])
        {
            return false;
        }

        var host = parts[0] == "docker.io" ? "registry-1.docker.io" : parts[0];
        using var time = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : HttpsPort, time.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception silent) when (silent is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
