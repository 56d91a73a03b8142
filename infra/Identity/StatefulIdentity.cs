using System.Globalization;

namespace Infra.Identity;

/// <summary>
/// Who the pods of a StatefulSet are: their names, hosts, claims and server ids, as pure functions of the set's name, its headless
/// Service, its namespace and the number of replicas. Nothing else in the program writes a pod's name or host.
/// </summary>
public sealed record StatefulIdentity
{
    /// <summary>The server id of ordinal 0. An id of 0 tells a MySQL server not to replicate, so that ordinals cannot serve as ids.</summary>
    public const int ServerIdBase = 100;

    /// <summary>The ordinal of the primary, always.</summary>
    public const int PrimaryOrdinal = 0;

    /// <summary>The cluster's DNS domain unless it was set up with another.</summary>
    public const string DefaultDomain = "cluster.local";

    /// <summary>Describes the pods of a set.</summary>
    /// <param name="name">The StatefulSet's name, a DNS label that leaves room for the ordinals (see <see cref="ResourceName.SetProblem"/>).</param>
    /// <param name="service">The headless Service's name, a DNS label.</param>
    /// <param name="namespace">The namespace's name, a DNS label.</param>
    /// <param name="replicas">How many pods there are, at least 1.</param>
    /// <param name="domain">The cluster's DNS domain.</param>
    /// <exception cref="ArgumentException">A name does not fit, or there is less than one replica; the message says what would.</exception>
    public StatefulIdentity(string name, string service, string @namespace, int replicas, string domain = DefaultDomain)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        Reject(ResourceName.SetProblem(name, replicas), nameof(name));
        Reject(ResourceName.ServiceProblem(service), nameof(service));
        Reject(ResourceName.NamespaceProblem(@namespace), nameof(@namespace));
        ArgumentException.ThrowIfNullOrEmpty(domain);
        (Name, Service, Namespace, Replicas, Domain) = (name, service, @namespace, replicas, domain);
    }

    /// <summary>The StatefulSet's name.</summary>
    public string Name { get; }

    /// <summary>The headless Service's name.</summary>
    public string Service { get; }

    /// <summary>The namespace's name.</summary>
    public string Namespace { get; }

    /// <summary>How many pods there are.</summary>
    public int Replicas { get; }

    /// <summary>The cluster's DNS domain.</summary>
    public string Domain { get; }

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

    /// <summary>A pod's DNS name from anywhere in the cluster: <c>&lt;pod&gt;.&lt;service&gt;.&lt;namespace&gt;.svc.&lt;domain&gt;</c>.</summary>
    public string FullHost(int ordinal) => $"{Host(ordinal)}.{Namespace}.svc.{Domain}";

    /// <summary>The name of the claim that the controller makes for a pod from a template: <c>&lt;template&gt;-&lt;pod&gt;</c>.</summary>
    public string Claim(string template, int ordinal) => $"{template}-{Pod(ordinal)}";

    /// <summary>The server id of a pod: distinct over ordinals and never 0.</summary>
    public static int ServerId(int ordinal) => ServerIdBase + ordinal;

    private static void Reject(string? problem, string parameter)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem, parameter);
        }
    }
}
