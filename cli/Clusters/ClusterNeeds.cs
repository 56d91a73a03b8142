using Cli.Checks;
using Cli.Checks.Policies;
using Cli.Meaning;
using k8s;
using Lab.Manifests;

namespace Cli.Clusters;

/// <summary>What pods name and no object of the stack is, such as a Secret with certificates: pods wait for it, and <c>pulumi up</c> with them, until it is too long.</summary>
/// <param name="connection">The cluster.</param>
internal sealed class ClusterNeeds(ClusterConnection connection)
{
    /// <summary>What of it is not there, a sentence each.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="missing">The namespaces that are not there: what would be in them is not, either.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="Lab.Commands.CommandException">The cluster does not answer, or refuses to.</exception>
    public async Task<IReadOnlyList<Violation>> MissingAsync(IReadOnlyList<Manifest> objects, IReadOnlyCollection<string> missing, CancellationToken cancel)
    {
        var made = objects.Select(one => (one.Kind, one.Namespace, one.Name)).Concat(objects.Select(Issued)).ToHashSet();
        var needs = from owner in objects
                    from need in PodReferences.Of(owner).Concat(PodReferences.Claims(owner))
                    where need.Name.Length > 0 && need != ("ServiceAccount", "default")
                    let one = (need.Kind, owner.Namespace, need.Name)
                    where !made.Contains(one)
                    group $"{owner.Kind} {owner.Name}" by one;
        var found = new List<Violation>();
        foreach (var need in needs)
        {
            var (kind, place, name) = need.Key;
            if (missing.Contains(place) || !await IsThereAsync(kind, place, name, cancel))
            {
                found.Add(new Violation($"{kind} {place}/{name}", $"it is not there, and the stack does not make it; the pods of {string.Join(" and ", need.Distinct())} would wait for it: make it first"));
            }
        }

        var classes = from owner in objects
                      let name = (string?)PodView.Of(owner)?.Spec["priorityClassName"]
                      where !string.IsNullOrEmpty(name)
                      group $"{owner.Kind} {owner.Name}" by name;
        foreach (var need in classes)
        {
            if (await connection.FindAsync((client, token) => client.SchedulingV1.ReadPriorityClassAsync(need.Key, cancellationToken: token), cancel) is null)
            {
                found.Add(new Violation($"PriorityClass {need.Key}", $"it is not there, and the API server takes no pod that names it: those of {string.Join(" and ", need.Distinct())} would never be made"));
            }
        }

        return found;
    }

    private async Task<bool> IsThereAsync(string kind, string place, string name, CancellationToken cancel) =>
        await connection.FindAsync((client, token) => ClusterObject.ReadAsync(client, Manifest.Parse($$"""{ "apiVersion": "v1", "kind": "{{kind}}", "metadata": { "name": "{{name}}", "namespace": "{{place}}" } }"""), null, token), cancel) is not null;

    /// <summary>The Secret that a certificate's controller writes.</summary>
    private static (string Kind, string Namespace, string Name) Issued(Manifest one) =>
        ("Secret", one.Namespace, one.Kind == "Certificate" && one.IsCustom ? $"{one.Body["spec"]?["secretName"]}" : string.Empty);
}
