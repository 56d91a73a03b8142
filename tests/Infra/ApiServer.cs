using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Tests.Infra;

/// <summary>An API server with the objects of one namespace, over TLS, as a pod with a service account reaches it. Snapshots become what a test says.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public const string Snapshots = "/apis/snapshot.storage.k8s.io/v1/namespaces/shop/volumesnapshots";
    public const string Claims = "/api/v1/namespaces/shop/persistentvolumeclaims";
    public const string Scale = "/apis/apps/v1/namespaces/shop/deployments/mysql-backup-proof/scale";
    private const string Token = "a token";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, JsonObject> objects = new();
    private readonly ConcurrentQueue<string> requests = new();
    private readonly List<(string Request, int Status, int Times)> refusals = [];
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 authority;
    private readonly X509Certificate2 certificate;
    private readonly Task serving;

    /// <param name="name">The name that its certificate is of.</param>
    public ApiServer(string name = "kubernetes.default.svc")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (since, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        authority = root.CreateSelfSigned(since, until);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, since, until, [1, 2, 3]);
        using var whole = signed.CopyWithPrivateKey(own);
        certificate = X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>The objects, by path.</summary>
    public IReadOnlyDictionary<string, JsonObject> Objects => objects;

    /// <summary>What becomes of a snapshot that is asked for.</summary>
    public Action<JsonObject> OnSnapshot { get; set; } = snapshot => snapshot["status"] = JsonNode.Parse("""{ "creationTime": "2026-11-27T02:30:01Z", "readyToUse": true, "restoreSize": "10Gi" }""");

    /// <summary>What becomes of the claim that is there when the Deployment gets its pod.</summary>
    public Action<ApiServer, JsonObject> OnProof { get; set; } = (_, _) => { };

    /// <summary>How many pods the Deployment has.</summary>
    public int Proofs { get; private set; }

    /// <summary>Gives a pod a service account with which it reaches this server.</summary>
    public void ServeTo(ScriptPod pod)
    {
        pod.Write("account/token", Token);
        pod.Write("account/namespace", "shop");
        pod.Write("account/ca.crt", authority.ExportCertificatePem());
        pod.Environment["ACCOUNT_DIRECTORY"] = pod.Path("account");
        pod.Environment["KUBERNETES_SERVICE_HOST"] = "127.0.0.1";
        pod.Environment["KUBERNETES_SERVICE_PORT"] = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Puts an object there.</summary>
    public void Add(string path, string json) => objects[path] = JsonNode.Parse(json)!.AsObject();

    /// <summary>Merges annotations into a snapshot's.</summary>
    public void Note(string name, params (string Name, string Text)[] notes)
    {
        var annotations = objects[$"{Snapshots}/{name}"]["metadata"]!["annotations"]!.AsObject();
        foreach (var (key, text) in notes)
        {
            annotations[$"backup.mysql/{key}"] = text;
        }
    }

    /// <summary>Answers the next requests of a kind with a status; with 0 it cuts the connection in the midst of its answer, after it has done what was asked.</summary>
    /// <param name="request">How the request begins, such as "POST /api".</param>
    /// <param name="status">The status.</param>
    /// <param name="times">How often.</param>
    public void Refuse(string request, int status, int times = int.MaxValue)
    {
        lock (refusals)
        {
            refusals.Add((request, status, times));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        certificate.Dispose();
        authority.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = TalkAsync(client);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(certificate);
                var (method, path, headers, body) = await ReadAsync(stream);
                requests.Enqueue($"{method} {path}");
                var refused = Refusal($"{method} {path}");
                var (status, answer) = refused is > 0 and var code ? (code, Failure($"refused by the test with {code}")) : Answer(method, path, headers, body);
                var text = Encoding.UTF8.GetBytes(answer.ToJsonString());
                if (refused == 0)
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Some\r\nContent-Length: {text.Length}\r\n\r\n"));
                    await stream.WriteAsync(text.AsMemory(0, text.Length / 2));
                    return;
                }

                // In two pieces, as a Go server sends what it does not know the length of.
                var half = text.Length / 2;
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Some\r\nTransfer-Encoding: chunked\r\n\r\n{half:x}\r\n"));
                await stream.WriteAsync(text.AsMemory(0, half));
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"\r\n{text.Length - half:x}\r\n"));
                await stream.WriteAsync(text.AsMemory(half));
                await stream.WriteAsync("\r\n0\r\n\r\n"u8.ToArray());
                await stream.ShutdownAsync();
            }
            catch (Exception gone) when (gone is IOException or System.Security.Authentication.AuthenticationException or SocketException)
            {
                requests.Enqueue("a connection that came to nothing");
            }
        }
    }

    private static async Task<(string Method, string Path, string Headers, string Body)> ReadAsync(SslStream stream)
    {
        var all = new List<byte>();
        var buffer = new byte[65536];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. all]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var headers = text[..end];
                var length = headers.Split("\r\n").Where(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal)).Select(line => int.Parse(line[16..], CultureInfo.InvariantCulture)).FirstOrDefault();
                if (all.Count >= end + 4 + length)
                {
                    var line = headers.Split(' ');
                    return (line[0], line[1], headers, Encoding.UTF8.GetString([.. all[(end + 4)..]]));
                }
            }

            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                throw new IOException("the request does not end");
            }

            all.AddRange(buffer[..read]);
        }
    }

    private int? Refusal(string request)
    {
        lock (refusals)
        {
            var index = refusals.FindIndex(one => request.StartsWith(one.Request, StringComparison.Ordinal) && one.Times > 0);
            if (index < 0)
            {
                return null;
            }

            refusals[index] = refusals[index] with { Times = refusals[index].Times - 1 };
            return refusals[index].Status;
        }
    }

    private (int Status, JsonObject Body) Answer(string method, string path, string headers, string body)
    {
        if (!headers.Contains($"Authorization: Bearer {Token}", StringComparison.Ordinal))
        {
            return (401, Failure("Unauthorized"));
        }

        var at = path.Split('?')[0];
        switch (method)
        {
            case "GET" when path.Contains('?', StringComparison.Ordinal):
                var wanted = Uri.UnescapeDataString(path.Split("labelSelector=")[1]).Split(',').Select(label => label.Split('='));
                var items = objects.Where(one => one.Key.StartsWith($"{at}/", StringComparison.Ordinal) && wanted.All(label => (string?)one.Value["metadata"]!["labels"]?[label[0]] == label[1]))
                    .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value.DeepClone());
                return (200, new JsonObject { ["kind"] = "List", ["items"] = new JsonArray([.. items]) });
            case "GET":
                return objects.TryGetValue(at, out var found) ? (200, found) : (404, Failure($"{at.Split('/')[^1]} not found"));
            case "POST":
                return Make(at, JsonNode.Parse(body)!.AsObject());
            case "PATCH" when at == Scale:
                Proofs = (int)JsonNode.Parse(body)!["spec"]!["replicas"]!;
                if (Proofs > 0)
                {
                    OnProof(this, objects[SnapshotPods.Claim]);
                }

                return (200, new JsonObject { ["kind"] = "Scale" });
            case "PATCH":
                if (!objects.TryGetValue(at, out var patched))
                {
                    return (404, Failure("not found"));
                }

                foreach (var (key, value) in JsonNode.Parse(body)!["metadata"]!["annotations"]!.AsObject())
                {
                    var annotations = patched["metadata"]!["annotations"]!.AsObject();
                    annotations.Remove(key);
                    if (value is not null)
                    {
                        annotations[key] = value.DeepClone();
                    }
                }

                return (200, patched);
            case "DELETE":
                return objects.TryRemove(at, out var removed) ? (200, removed) : (404, Failure("not found"));
            default:
                return (405, Failure("not allowed"));
        }
    }

    private (int Status, JsonObject Body) Make(string at, JsonObject made)
    {
        var path = $"{at}/{made["metadata"]!["name"]}";
        if (!objects.TryAdd(path, made))
        {
            return (409, Failure($"{made["metadata"]!["name"]} already exists"));
        }

        if (at == Snapshots)
        {
            OnSnapshot(made);
        }

        return (201, made);
    }

    private static JsonObject Failure(string message) => new() { ["kind"] = "Status", ["message"] = message };
}
