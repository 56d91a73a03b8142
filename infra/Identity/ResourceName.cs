using System.Text.RegularExpressions;

namespace Infra.Identity;

/// <summary>What Kubernetes asks of the names that the components give, each as a sentence or nothing.</summary>
internal static partial class ResourceName
{
    /// <summary>The longest DNS label, in characters (RFC 1035, section 2.3.4).</summary>
    public const int MaxLabelLength = 63;

    /// <summary>The longest DNS name of an object, in characters.</summary>
    public const int MaxSubdomainLength = 253;

    /// <summary>
    /// The longest StatefulSet name, in characters, before its ordinals are counted: the controller labels every pod with
    /// <c>&lt;set&gt;-&lt;10 characters of hash&gt;</c>, which must itself fit a label of 63.
    /// </summary>
    public const int MaxSetLength = 52;

    /// <summary>
    /// What is wrong with a name that becomes a Service, and so a DNS label that starts with a letter (RFC 1035); nothing when it is right.
    /// </summary>
    public static string? ServiceProblem(string name) => LabelProblem(name, MaxLabelLength);

    /// <summary>What is wrong with a namespace's name, a DNS label that may start with a digit (RFC 1123); nothing when it is right.</summary>
    public static string? NamespaceProblem(string name) => Rfc1123().IsMatch(name) && name.Length <= MaxLabelLength
        ? null
        : $"\"{name}\" is not a DNS label: at most {MaxLabelLength} lower-case letters, digits and hyphens, starting and ending with a letter or digit";

    /// <summary>What is wrong with the name of an object that need be no label, such as a Secret (RFC 1123, section 2.1); nothing when it is right.</summary>
    public static string? ObjectProblem(string name) => Rfc1123Subdomain().IsMatch(name) && name.Length <= MaxSubdomainLength
        ? null
        : $"\"{name}\" is not the name of an object: at most {MaxSubdomainLength} lower-case letters, digits, '-' and '.', starting and ending with a letter or digit";

    /// <summary>What is wrong with the name of a claim's template, which is also that of a volume: a DNS label (RFC 1123); nothing when it is right.</summary>
    public static string? ClaimProblem(string name) => NamespaceProblem(name);

    /// <summary>What is wrong with a cluster's DNS domain; nothing when it is right.</summary>
    public static string? DomainProblem(string domain) => ObjectProblem(domain) is null ? null : $"\"{domain}\" is not a DNS domain such as cluster.local";

    /// <summary>What is wrong with a StatefulSet's name that has to leave room for <paramref name="replicas"/> ordinals; nothing when it is right.</summary>
    public static string? SetProblem(string name, int replicas) => LabelProblem(name, MaxLabelLength) ?? RoomProblem(name, replicas);

    private static string? LabelProblem(string name, int length) => Rfc1035().IsMatch(name) && name.Length <= length
        ? null
        : $"\"{name}\" is not a DNS label: at most {length} lower-case letters, digits and hyphens, starting with a letter and ending with a letter or digit";

    /// <summary>Why a StatefulSet of that name has no room for its ordinals; nothing when it has.</summary>
    public static string? RoomProblem(string name, int replicas)
    {
        var suffix = $"-{Math.Max(replicas, 1) - 1}";
        var room = MaxSetLength - suffix.Length;
        return name.Length <= room
            ? null
            : $"\"{name}\" has {name.Length} characters; with ordinals up to \"{suffix}\" at most {room} fit (a StatefulSet has {MaxSetLength} for both)";
    }

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc1035();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc1123();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc1123Subdomain();
}
