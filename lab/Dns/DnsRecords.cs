using Lab.Specs;
using Lab.State;

namespace Lab.Dns;

/// <summary>Works out the names that the cluster's name server knows, as Kubernetes publishes them.</summary>
public static class DnsRecords
{
    /// <summary>The records, sorted.</summary>
    /// <param name="services">All Services.</param>
    /// <param name="pods">All pods.</param>
    /// <param name="blocked">Names, long or short, that are left out; for tests of what happens without them.</param>
    public static IReadOnlyList<DnsRecord> Of(IReadOnlyList<ServiceSpec> services, IReadOnlyList<PodState> pods, IReadOnlyList<string> blocked) =>
        [.. services.SelectMany(service => Of(service, pods))
            .Where(record => !blocked.Any(name => IsSame(name, record.Name)))
            .Distinct()
            .OrderBy(record => record.Name, StringComparer.Ordinal).ThenBy(record => record.Address, StringComparer.Ordinal)];

    /// <summary>Whether a pod stands behind a Service right now.</summary>
    public static bool Publishes(ServiceSpec service, PodState pod) =>
        pod.Address.Length > 0 && !pod.IsFinished && service.Selects(pod.Namespace, pod.Labels) && (service.PublishNotReady || (pod.Ready && !pod.Terminating));

    // The Service's name for all of its pods; under a headless one each pod that names it has a record of its own.
    private static IEnumerable<DnsRecord> Of(ServiceSpec service, IReadOnlyList<PodState> pods)
    {
        var name = $"{service.Name}.{service.Namespace}.svc.{LabFolder.Domain}";
        foreach (var pod in pods.Where(pod => Publishes(service, pod)))
        {
            yield return new DnsRecord(name, pod.Address);
            if (service.Headless && pod.Service == service.Name)
            {
                yield return new DnsRecord($"{pod.Name}.{name}", pod.Address);
            }
        }
    }

    private static bool IsSame(string blocked, string name)
    {
        var full = blocked.TrimEnd('.');
        return name == full || name.StartsWith(full + ".", StringComparison.Ordinal);
    }
}
