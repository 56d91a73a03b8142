using System.Globalization;

namespace Infra.Identity;

/// <summary>
/// Who the pods of a StatefulSet are: their names, hosts and claims, as pure functions of the set's name, its headless Service and the number of
/// replicas. Nothing else in the program writes a pod's name or host.
/// </summary>
public sealed record StatefulIdentity
{
    /// <summary>The ordinal of the primary, always.</summary>
    public const int PrimaryOrdinal = 0;

    /// <summary>Describes the pods of a set.</summary>
    /// <param name="name">The StatefulSet's name, a DNS label that leaves room for the ordinals.</param>
    /// <param name="service">The headless Service's name, a DNS label.</param>
    /// <param name="replicas">How many pods there are, at least 1.</param>
    /// <exception cref="ArgumentException">A name does not fit, or there is less than one replica; the message says what would.</exception>
    public StatefulIdentity(string name, string service, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        Reject(ResourceName.SetProblem(name, replicas), nameof(name));
        Reject(ResourceName.ServiceProblem(service), nameof(service));
        (Name, Service, Replicas) = (name, service, replicas);
    }

    /// <summary>The StatefulSet's name.</summary>
    public string Name { get; }

    /// <summary>The headless Service's name.</summary>
    public string Service { get; }

    /// <summary>How many pods there are.</summary>
    public int Replicas { get; }

    /// <summary>The ordinals, ascending from 0.</summary>
    public IEnumerable<int> Ordinals => Enumerable.Range(0, Replicas);

    /// <summary>Every pod's <see cref="Host"/>, by ordinal.</summary>
    public IEnumerable<string> Hosts => Ordinals.Select(Host);

    /// <summary>The host of the primary.</summary>
    public string PrimaryHost => Host(PrimaryOrdinal);

    /// <summary>The name of a pod: <c>&lt;set&gt;-&lt;ordinal&gt;</c>.</summary>
    public string Pod(int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{Name}-{ordinal}");

    /// <summary>A pod's DNS name inside its namespace: <c>&lt;pod&gt;.&lt;service&gt;</c>.</summary>
    public string Host(int ordinal) => $"{Pod(ordinal)}.{Service}";

    /// <summary>The name of the claim that the controller makes for a pod from a template: <c>&lt;template&gt;-&lt;pod&gt;</c>.</summary>
    public string Claim(string template, int ordinal) => $"{template}-{Pod(ordinal)}";

    /// <summary>A name of a namespace as it is known in the whole cluster: <c>&lt;name&gt;.&lt;namespace&gt;.svc</c>, and the cluster's domain where it is given.</summary>
    /// <param name="name">A Service's name, or a pod's <see cref="Host"/>.</param>
    /// <param name="namespace">The namespace.</param>
    /// <param name="domain">The cluster's DNS domain; every pod's resolver adds it where it is left out.</param>
    public static string InCluster(string name, string @namespace, string? domain = null) =>
        string.IsNullOrEmpty(domain) ? $"{name}.{@namespace}.svc" : $"{name}.{@namespace}.svc.{domain}";

    private static void Reject(string? problem, string parameter)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem, parameter);
        }
    }
}
