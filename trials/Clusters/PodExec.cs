using System.Net.WebSockets;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Trials.Clusters;

/// <summary>Commands in containers of a real cluster, over a WebSocket to its API server.</summary>
/// <param name="client">The cluster.</param>
/// <param name="place">The namespace.</param>
internal sealed class PodExec(IKubernetes client, string place)
{
    /// <summary>The exit code of what did not come to an end that anybody saw.</summary>
    public const int NoExit = 1;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command without input.</summary>
    /// <returns>Its exit code and what it wrote to standard output; <see cref="NoExit"/> and the reason where it could not be run or was cut off.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string pod, string container, IReadOnlyList<string> command)
    {
        try
        {
            // The client's streams block and mind no token; what takes longer is left alone.
            return await ConnectAndRunAsync(pod, container, command).WaitAsync(Limit);
        }
        catch (Exception failure) when (failure is KubernetesException or HttpOperationException or WebSocketException or HttpRequestException or IOException or JsonException or TimeoutException)
        {
            return (NoExit, $"{container} of {pod}: {failure.Message}");
        }
    }

    private async Task<(int ExitCode, string Output)> ConnectAndRunAsync(string pod, string container, IReadOnlyList<string> command)
    {
        using var streams = await client.MuxedStreamNamespacedPodExecAsync(pod, place, command, container, stderr: true, stdin: false, stdout: true, tty: false);
        var (output, errors, status) = (ReadAsync(streams, ChannelIndex.StdOut), ReadAsync(streams, ChannelIndex.StdErr), ReadAsync(streams, ChannelIndex.Error));
        streams.Start();
        await Task.WhenAll(output, errors, status);
        return (Kubernetes.GetExitCodeOrThrow(KubernetesJson.Deserialize<V1Status>(await status)), await output);
    }

    private static Task<string> ReadAsync(IStreamDemuxer streams, ChannelIndex channel)
    {
        // Made at once, so that the channel is known before the first byte of it comes.
        var stream = streams.GetStream(channel, null);
        return Task.Run(async () =>
        {
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        });
    }
}
