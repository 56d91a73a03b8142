using System.Net;
using DnsClient;

namespace Lab.Dns;

/// <summary>Asks the cluster's name server for addresses the way a pod's resolver does: with its search list.</summary>
public static class DnsQuery
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The addresses of a name as a pod in a namespace sees it; none when it does not exist.</summary>
    /// <param name="server">The name server's address, with a port where that is another than a name server's.</param>
    /// <param name="name">The name.</param>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ClusterException">The name server doesn't answer.</exception>
    public static async Task<IReadOnlyList<string>> ResolveAsync(string server, string name, string @namespace, CancellationToken cancel = default)
    {
        var client = Client(server);
        // ndots:5, as in every pod: the search list comes first unless the name ends in a dot.
        string[] suffixes = name.EndsWith('.') ? [""] : [$".{@namespace}.svc.{LabFolder.Domain}", $".svc.{LabFolder.Domain}", $".{LabFolder.Domain}", ""];
        foreach (var suffix in suffixes)
        {
            try
            {
                var answer = await client.QueryAsync(name.TrimEnd('.') + suffix, QueryType.A, cancellationToken: cancel).ConfigureAwait(false);
                if (answer.Answers.ARecords().Select(record => $"{record.Address}").ToList() is { Count: > 0 } found)
                {
                    return found;
                }
            }
            catch (DnsResponseException silent)
            {
                // The library makes no difference between a cancelled question and one without an answer.
                cancel.ThrowIfCancellationRequested();
                throw Silent(server, silent);
            }
        }

        return [];
    }

    private static LookupClient Client(string server) => IPEndPoint.TryParse(server, out var at)
        ? new(new LookupClientOptions(new NameServer(at.Address, at.Port == 0 ? NameServer.DefaultPort : at.Port)) { UseCache = false, Retries = 0, Timeout = Patience })
        : throw Silent(server);

    private static ClusterException Silent(string server, Exception? cause = null) => new($"The cluster's name server at {server} does not answer.", inner: cause);
}
