using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lab.Dns;
using Xunit;

namespace Lab.Tests;

/// <summary>What a name server is asked, with a name server of the test's own.</summary>
public sealed class DnsQueryTests : IDisposable
{
    private readonly UdpClient _server = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentQueue<string> _asked = new();

    private string Server => $"{_server.Client.LocalEndPoint}";

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("db-0.db", "db-0.db.shop.svc.cluster.local")]
    [InlineData("db-0.db.shop", "db-0.db.shop.shop.svc.cluster.local db-0.db.shop.svc.cluster.local")]
    [InlineData("db-0.db.shop.svc", "db-0.db.shop.svc.shop.svc.cluster.local db-0.db.shop.svc.svc.cluster.local db-0.db.shop.svc.cluster.local")]
    [InlineData(
        "db-0.db.shop.svc.cluster.local",
        "db-0.db.shop.svc.cluster.local.shop.svc.cluster.local db-0.db.shop.svc.cluster.local.svc.cluster.local db-0.db.shop.svc.cluster.local.cluster.local db-0.db.shop.svc.cluster.local")]
    [InlineData("db-0.db.shop.svc.cluster.local.", "db-0.db.shop.svc.cluster.local")]
    public async Task A_name_is_looked_for_along_the_search_list_unless_it_ends_in_a_dot(string name, string asked)
    {
        _ = AnswerAsync("db-0.db.shop.svc.cluster.local", "10.0.0.2", "10.0.0.3");

        Assert.Equal(["10.0.0.2", "10.0.0.3"], await DnsQuery.ResolveAsync(Server, name, "shop"));
        Assert.Equal(asked, string.Join(' ', _asked));
    }

    [Fact]
    public async Task A_name_that_is_nowhere_has_no_addresses()
    {
        _ = AnswerAsync("other");

        Assert.Empty(await DnsQuery.ResolveAsync(Server, "db", "default"));
        Assert.Equal(["db.default.svc.cluster.local", "db.svc.cluster.local", "db.cluster.local", "db"], _asked);
    }

    [Fact]
    public async Task Each_question_is_asked_anew()
    {
        _ = AnswerAsync("db.", "10.0.0.2");

        await DnsQuery.ResolveAsync(Server, "db.", "default");
        await DnsQuery.ResolveAsync(Server, "db.", "default");

        Assert.Equal(["db", "db"], _asked);
    }

    [Fact]
    public async Task A_silent_server_is_waited_for_two_seconds_and_named()
    {
        var since = Stopwatch.StartNew();

        var silent = await Assert.ThrowsAsync<ClusterException>(() => DnsQuery.ResolveAsync(Server, "db", "default"));

        Assert.Equal($"The cluster's name server at {Server} does not answer.", silent.Message);
        Assert.InRange(since.Elapsed.TotalSeconds, 1.5, 5);
    }

    [Fact]
    public async Task Where_no_server_is_known_none_answers() => Assert.Equal(
        "The cluster's name server at  does not answer.", (await Assert.ThrowsAsync<ClusterException>(() => DnsQuery.ResolveAsync("", "db", "default"))).Message);

    [Fact]
    public async Task One_who_no_longer_wants_to_know_is_not_told_of_a_silent_server()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DnsQuery.ResolveAsync(Server, "db", "default", stop.Token));
    }

    // Until the test is over. An answer is the question with another head, and with records that refer to the question's name.
    private async Task AnswerAsync(string known, params string[] addresses)
    {
        while (true)
        {
            var question = await _server.ReceiveAsync();
            var name = NameIn(question.Buffer);
            _asked.Enqueue(name);
            var records = name == known.TrimEnd('.') ? addresses : [];
            var end = 12 + name.Length + 2 + 4;
            byte[] answer =
            [
                .. question.Buffer[..2], 0x81, (byte)(records.Length > 0 ? 0x80 : 0x83), 0, 1, 0, (byte)records.Length, 0, 0, 0, 0, .. question.Buffer[12..end],
                .. records.SelectMany(address => (byte[])[0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. IPAddress.Parse(address).GetAddressBytes()]),
            ];
            await _server.SendAsync(answer, question.RemoteEndPoint);
        }
    }

    private static string NameIn(byte[] question)
    {
        var labels = new List<string>();
        for (var at = 12; question[at] > 0; at += question[at] + 1)
        {
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        }

        return string.Join('.', labels);
    }
}
