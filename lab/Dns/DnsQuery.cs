using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lab.Dns;

/// <summary>Asks the cluster's name server for addresses the way a pod's resolver does: with its search list.</summary>
public static class DnsQuery
{
    private const int Port = 53;
    private const ushort TypeA = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The addresses of a name as a pod in a namespace sees it; none when it does not exist.</summary>
    /// <exception cref="ClusterException">The name server doesn't answer.</exception>
    public static async Task<IReadOnlyList<string>> ResolveAsync(string server, string name, string @namespace, CancellationToken cancel = default)
    {
        // ndots:5, as in every pod: the search list comes first unless the name ends in a dot.
        string[] suffixes = name.EndsWith('.') ? [""] : [$".{@namespace}.svc.{LabFolder.Domain}", $".svc.{LabFolder.Domain}", $".{LabFolder.Domain}", ""];
        foreach (var suffix in suffixes)
        {
            var found = await AskAsync(server, name.TrimEnd('.') + suffix, cancel).ConfigureAwait(false);
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    private static async Task<IReadOnlyList<string>> AskAsync(string server, string name, CancellationToken cancel)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(Patience);
        using var socket = new UdpClient();
        try
        {
            socket.Connect(server, Port);
            await socket.SendAsync(Question(name), time.Token).ConfigureAwait(false);
            return Addresses((await socket.ReceiveAsync(time.Token).ConfigureAwait(false)).Buffer);
        }
        catch (Exception silent) when (silent is SocketException || (silent is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ClusterException($"The cluster's name server at {server} does not answer.", inner: silent);
        }
    }

    private static byte[] Question(string name)
    {
        var message = new List<byte> { 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (var label in name.Split('.'))
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }

        message.AddRange([0, 0, (byte)TypeA, 0, 1]);
        return [.. message];
    }

    private static List<string> Addresses(ReadOnlySpan<byte> answer)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(answer[6..]);
        var at = SkipName(answer, 12) + 4;
        var found = new List<string>();
        for (var i = 0; i < count; i++)
        {
            at = SkipName(answer, at);
            var type = BinaryPrimitives.ReadUInt16BigEndian(answer[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 8)..]);
            if (type == TypeA)
            {
                found.Add(new IPAddress(answer.Slice(at + 10, length)).ToString());
            }

            at += 10 + length;
        }

        return found;
    }

    // A name is labels up to an empty one, or ends in a two-byte reference to an earlier place.
    private static int SkipName(ReadOnlySpan<byte> message, int at)
    {
        while (message[at] != 0)
        {
            if (message[at] >= 0xC0)
            {
                return at + 2;
            }

            at += message[at] + 1;
        }

        return at + 1;
    }
}
