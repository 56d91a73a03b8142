using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Cli.Clusters;

/// <summary>Commands in containers of a real cluster, over a WebSocket to its API server.</summary>
/// <param name="client">The cluster.</param>
/// <param name="place">The namespace.</param>
/// <param name="limit">How long a command may take; three minutes where it is left out.</param>
internal sealed class PodExec(IKubernetes client, string place, TimeSpan? limit = null)
{
    /// <summary>The exit code of what did not come to an end that anybody saw.</summary>
    public const int NoExit = 1;

    /// <summary>Why a command could not be run, where the API server says no more than that it failed: mostly it does not reach the kubelet, or that finds no container that runs.</summary>
    public const string Unreached = "it cannot be asked now";

    private const string Forbidden = "no right to exec";

    private readonly TimeSpan limit = limit ?? TimeSpan.FromMinutes(3);

    /// <summary>Runs a command without input.</summary>
    /// <returns>Its exit code and what it wrote to standard output; <see cref="NoExit"/> and the reason where it could not be run or was cut off.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string pod, string container, IReadOnlyList<string> command)
    {
        var answer = await AskAsync(pod, container, command);
        return answer.Problem.Length == 0 ? (answer.ExitCode, answer.Output) : (NoExit, $"{container} of {pod}: {answer.Problem}");
    }

    /// <summary>Runs a command without input, and tells apart why it could not be run.</summary>
    public async Task<ExecAnswer> AskAsync(string pod, string container, IReadOnlyList<string> command)
    {
        try
        {
            // The client's streams block and mind no token; what takes longer is left alone.
            return await ConnectAndRunAsync(pod, container, command).WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            return ExecAnswer.Failed($"no answer within {limit.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is KubernetesException or HttpOperationException or WebSocketException or HttpRequestException or IOException or JsonException)
        {
            return ExecAnswer.Failed(Is(failure, HttpStatusCode.Forbidden) ? Forbidden : failure is WebSocketException && Is(failure, HttpStatusCode.InternalServerError) ? Unreached : failure.Message);
        }
    }

    // The client shows a refusal in one of three ways, by what the server answered and how.
    private static bool Is(Exception failure, HttpStatusCode code) => failure switch
    {
        KubernetesException refused => refused.Status?.Code == (int)code,
        HttpOperationException refused => refused.Response.StatusCode == code,
        WebSocketException refused => refused.Message.Contains($"'{(int)code}'", StringComparison.Ordinal),
        _ => false,
    };

    private async Task<ExecAnswer> ConnectAndRunAsync(string pod, string container, IReadOnlyList<string> command)
    {
        using var streams = await client.MuxedStreamNamespacedPodExecAsync(pod, place, command, container, stderr: true, stdin: false, stdout: true, tty: false);
        var (output, errors, status) = (ReadAsync(streams, ChannelIndex.StdOut), ReadAsync(streams, ChannelIndex.StdErr), ReadAsync(streams, ChannelIndex.Error));
        streams.Start();
        await Task.WhenAll(output, errors, status);
        return new ExecAnswer(Kubernetes.GetExitCodeOrThrow(KubernetesJson.Deserialize<V1Status>(await status)), await output, string.Empty);
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
