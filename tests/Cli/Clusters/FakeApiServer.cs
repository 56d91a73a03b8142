using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using k8s;
using Trials.Instances;

namespace Tests.Cli.Clusters;

/// <summary>
/// An API server within the test: answers by path, commands in pods by a function, and a kubeconfig that leads to it under two contexts. What it has no answer
/// for is not there.
/// </summary>
internal sealed partial class FakeApiServer : IDisposable
{
    private const string ExecProtocol = "v4.channel.k8s.io";

    private readonly TemporaryFolder folder = new();
    private readonly HttpListener listener = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Dictionary<string, (int Code, string Body)> answers = [];

    public FakeApiServer()
    {
        Address = $"http://127.0.0.1:{FreePort.Find()}";
        listener.Prefixes.Add($"{Address}/");
        listener.Start();
        folder.Write("config", $$"""
            apiVersion: v1
            kind: Config
            clusters: [{ name: here, cluster: { server: "{{Address}}" } }]
            users: [{ name: somebody, user: { token: none } }]
            contexts:
            - { name: here, context: { cluster: here, user: somebody } }
            - { name: also-here, context: { cluster: here, user: somebody } }
            current-context: here
            """);
        _ = ServeAsync();
    }

    /// <summary>Its address.</summary>
    public string Address { get; }

    /// <summary>A kubeconfig that leads to it.</summary>
    public string Kubeconfig => Path.Combine(folder.Root, "config");

    /// <summary>What a command in a pod writes and ends with; nothing for one that may not be run.</summary>
    public Func<string, string, (int ExitCode, string Output)?> Exec { get; set; } = (_, _) => null;

    /// <summary>What it answers where a command may not be run, or cannot.</summary>
    public int NoExec { get; set; } = 403;

    /// <summary>Whether it takes connections and answers none.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Answers a path with an object.</summary>
    public FakeApiServer With(string path, object body) => WithText(path, KubernetesJson.Serialize(body));

    /// <summary>Answers a path with text.</summary>
    public FakeApiServer WithText(string path, string text)
    {
        lock (answers)
        {
            answers[path] = (200, text);
        }

        return this;
    }

    /// <summary>Refuses a path.</summary>
    public FakeApiServer Refusing(string path)
    {
        lock (answers)
        {
            answers[path] = (403, """{ "kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 403, "reason": "Forbidden", "message": "somebody cannot do this" }""");
        }

        return this;
    }

    public void Dispose()
    {
        ending.Cancel();
        listener.Close();
        ending.Dispose();
        folder.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.GetContextAsync());
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            if (IsSilent)
            {
                await Task.Delay(Timeout.Infinite, ending.Token);
            }

            var path = context.Request.Url!.AbsolutePath;
            var pod = ExecPath().Match(path);
            if (pod.Success && context.Request.IsWebSocketRequest && Exec(pod.Groups["pod"].Value, Command(context.Request)) is { } result)
            {
                await RunAsync(context, result);
                return;
            }

            (int Code, string Body) answer;
            lock (answers)
            {
                answer = pod.Success ? (NoExec, Status(NoExec)) : answers.GetValueOrDefault(path, (404, Status(404)));
            }

            context.Response.StatusCode = answer.Code;
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or OperationCanceledException or WebSocketException)
        {
            // The one who asked went away.
        }
    }

    private static string Command(HttpListenerRequest request) => string.Join(' ', request.QueryString.GetValues("command") ?? []);

    private static string Status(int code) => $$"""{ "kind": "Status", "apiVersion": "v1", "status": "Failure", "code": {{code}}, "message": "no" }""";

    private async Task RunAsync(HttpListenerContext context, (int ExitCode, string Output) result)
    {
        var socket = (await context.AcceptWebSocketAsync(ExecProtocol)).WebSocket;
        await SendAsync(socket, ChannelIndex.StdOut, result.Output);
        await SendAsync(socket, ChannelIndex.Error, result.ExitCode == 0
            ? """{ "status": "Success" }"""
            : $$"""{ "status": "Failure", "reason": "NonZeroExitCode", "details": { "causes": [{ "reason": "ExitCode", "message": "{{result.ExitCode}}" }] } }""");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ending.Token);
    }

    private Task SendAsync(WebSocket socket, ChannelIndex channel, string text) =>
        socket.SendAsync(new[] { (byte)channel }.Concat(Encoding.UTF8.GetBytes(text)).ToArray(), WebSocketMessageType.Binary, endOfMessage: true, ending.Token);

    [GeneratedRegex("^/api/v1/namespaces/(?<place>[^/]+)/pods/(?<pod>[^/]+)/exec$", RegexOptions.ExplicitCapture)]
    private static partial Regex ExecPath();
}
