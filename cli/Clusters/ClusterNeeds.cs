using System.Net;
using System.Text.Json.Nodes;
using Cli.Checks;
using Cli.Checks.Policies;
using Cli.Meaning;
using k8s;
using k8s.Autorest;
using Lab.Manifests;

namespace Cli.Clusters;

/// <summary>What pods name and no object of the stack is, such as a Secret with certificates: pods wait for it, and <c>pulumi up</c> with them, until it is too long.</summary>
/// <param name="connection">The cluster.</param>
internal sealed class ClusterNeeds(ClusterConnection connection)
{
    // What every namespace has.
    private static readonly (string Kind, string Name)[] EverThere = [("ServiceAccount", "default"), ("ConfigMap", "kube-root-ca.crt")];

    /// <summary>What of it is not there, a sentence each.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="missing">The namespaces that are not there: what would be in them is not, either.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="Lab.Commands.CommandException">The cluster does not answer, or refuses to.</exception>
    public async Task<IReadOnlyList<Violation>> MissingAsync(IReadOnlyList<Manifest> objects, IReadOnlyCollection<string> missing, CancellationToken cancel)
    {
        var made = objects.Select(one => (one.Kind, one.Namespace, one.Name)).Concat(objects.SelectMany(MadeBy)).ToHashSet();
        var needs = from owner in objects
                    from need in PodReferences.Awaited(owner)
                    where need.Name.Length > 0 && !EverThere.Contains(need)
                    let one = (need.Kind, owner.Namespace, need.Name)
                    where !made.Contains(one)
                    group $"{owner.Kind} {owner.Name}" by one;
        var found = new List<Violation>();
        foreach (var need in needs)
        {
            var (kind, place, name) = need.Key;
            var manifest = new Manifest(new JsonObject { ["apiVersion"] = "v1", ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = place } });
            if (missing.Contains(place) || await IsMissingAsync((client, token) => ClusterObject.ReadAsync(client, manifest, null, token), cancel))
            {
                found.Add(new Violation($"{kind} {place}/{name}", $"it is not there, and the stack does not make it; the pods of {string.Join(" and ", need.Distinct())} would wait for it: make it first"));
            }
        }

        var classes = from owner in objects
                      let name = StatefulSetView.Text(PodView.Of(owner)?.Spec["priorityClassName"])
                      where name.Length > 0 && !name.StartsWith("system-", StringComparison.Ordinal) && !objects.Any(one => one.Kind == "PriorityClass" && one.Name == name)
                      group $"{owner.Kind} {owner.Name}" by name;
        foreach (var need in classes)
        {
            if (await IsMissingAsync((client, token) => client.SchedulingV1.ReadPriorityClassAsync(need.Key, cancellationToken: token), cancel))
            {
                found.Add(new Violation($"PriorityClass {need.Key}", $"it is not there, and the API server takes no pod that names it: those of {string.Join(" and ", need.Distinct())} would never be made"));
            }
        }

        return found;
    }

    /// <summary>Whether there is no such thing; of what one may not look at, nothing is said.</summary>
    private async Task<bool> IsMissingAsync<T>(Func<IKubernetes, CancellationToken, Task<T>> question, CancellationToken cancel)
        where T : class => await connection.FindAsync<object>(
            async (client, token) =>
            {
                try
                {
                    return await question(client, token);
                }
                catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.Forbidden)
                {
                    return refused;
                }
            },
            cancel) is null;

    /// <summary>What comes of an object by a controller: the Secret of a certificate, the claims of a set.</summary>
    private static IEnumerable<(string Kind, string Namespace, string Name)> MadeBy(Manifest one) => one.Kind switch
    {
        "Certificate" when one.IsCustom => [("Secret", one.Namespace, $"{one.Body["spec"]?["secretName"]}")],
        "StatefulSet" => SetChange.Claims(one).Select(claim => ("PersistentVolumeClaim", one.Namespace, claim)),
        _ => [],
    };
}
