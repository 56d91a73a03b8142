using k8s;
using k8s.Models;

namespace Cli.Clusters;

/// <summary>The kinds that a cluster was taught, as far as a stack's objects are of them. Each group is asked for once.</summary>
/// <param name="connection">The cluster.</param>
internal sealed class ClusterKinds(ClusterConnection connection)
{
    private readonly Dictionary<string, IReadOnlyList<V1APIResource>> known = [];

    /// <summary>The word for a custom resource's kind in addresses; nothing where the cluster does not know the kind.</summary>
    /// <exception cref="Lab.Commands.CommandException">The cluster does not answer, or refuses to.</exception>
    public async Task<string?> PluralAsync(string apiVersion, string kind, CancellationToken cancel)
    {
        if (!known.TryGetValue(apiVersion, out var resources) && apiVersion.Split('/') is [var group, var version])
        {
            var list = await connection.FindAsync((client, token) => client.CustomObjects.GetAPIResourcesAsync(group, version, token), cancel);
            known[apiVersion] = resources = [.. list?.Resources ?? []];
        }

        // Beside its objects a kind has parts of them, such as their status.
        return resources!.FirstOrDefault(one => one.Kind == kind && !one.Name.Contains('/', StringComparison.Ordinal))?.Name;
    }
}
