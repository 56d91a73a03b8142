using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>What changes of other kinds mean, given what is around them.</summary>
internal static class OtherMeaning
{
    private static readonly string[] Content = ["data", "binaryData", "stringData", "type"];

    private static Finding Rolls => new(Tier.PodsRoll, "pods are replaced by new ones, as its strategy says");

    /// <summary>The content of a ConfigMap. Options of a server that it holds are told of with the pods that roll for them, where its name is made of its content.</summary>
    public static IEnumerable<Finding> Configuration(ChangeContext context) => context.Before.Name != context.After.Name
        ? [new Finding(Tier.NothingRestarts, "named after its content: it is made before pods roll, and the one before it goes when they have")]
        :
        [
            new Finding(Tier.NothingRestarts, "it is deleted and made again; pods that mount it run on and see it in about a minute, or at their next start"),
            .. ServerOptions.Between(context.Before, context.After),
        ];

    /// <summary>Whether content may change: once it may not, the API server takes no other word, but a new object.</summary>
    public static IEnumerable<Finding> Immutable(ChangeContext context) => $"{context.Field.Before}" == "true" && !IsMadeAgain(context)
        ? [new Finding(Tier.Unknown, "the API server refuses it: what is immutable stays so until it is deleted")]
        : [new Finding(Tier.NothingRestarts, "whether its content may change")];

    /// <summary>How a Service is reached: within the cluster, and from outside, by a balancer or each node's port.</summary>
    public static IEnumerable<Finding> Reached(ChangeContext context)
    {
        var (before, after) = (FromOutside(context.Field.Before), FromOutside(context.Field.After));
        return $"{context.Field.After}" == "ExternalName" ? [new Finding(Tier.Removed, "its name leads to another host, and to none of its pods")]
            : before.Except(after).FirstOrDefault() is { } gone ? [new Finding(Tier.Removed, $"{gone} from outside: clients that come that way do not get in any more", "lead them another way first")]
            : [new Finding(Tier.NothingRestarts, after.Length > before.Length ? "an address from outside comes" : "it is reached in another way, within the cluster as before")];
    }

    /// <summary>The names that a certificate is for.</summary>
    public static IEnumerable<Finding> Names(ChangeContext context)
    {
        var gone = Names(context.Before).Except(Names(context.After)).ToList();
        return [gone.Count > 0
            ? new Finding(Tier.Removed, $"who verifies servers by the name {string.Join(", ", gone)} is refused once it is issued anew")
            : new Finding(Tier.NothingRestarts, "it is issued anew, and servers take it over without a restart")];
    }

    private static IEnumerable<string> Names(Manifest certificate) => (certificate.Body["spec"]?["dnsNames"] as JsonArray ?? []).Select(name => $"{name}");

    // A balancer comes by the nodes' ports.
    private static string[] FromOutside(JsonNode? type) => $"{type}" switch
    {
        "LoadBalancer" => ["the balancer's address goes", "the nodes' ports go"],
        "NodePort" => ["the nodes' ports go"],
        _ => [],
    };

    /// <summary>How many pods a Deployment has.</summary>
    public static IEnumerable<Finding> Replicas(ChangeContext context) => new Checks.StatefulSetView(context.After).Replicas == 0
        ? [new Finding(Tier.Removed, "no pod is left: nobody serves")]
        : [new Finding(Tier.NothingRestarts, "pods are added or taken away")];

    /// <summary>Where a Deployment's containers find their volumes, and what is in them.</summary>
    public static IEnumerable<Finding> Mounts(ChangeContext context) => [Rolls, .. new ClaimMounts(context.Before, context.After).Gone()];

    /// <summary>What a Deployment's container is told at its start.</summary>
    public static IEnumerable<Finding> Told(ChangeContext context) => [Rolls, .. new ClaimMounts(context.Before, context.After).Told(context.Field.Path.Step(4))];

    /// <summary>The size of a claim.</summary>
    public static IEnumerable<Finding> ClaimSize(ChangeContext context) => Quantities.Value(context.Field.After) >= Quantities.Value(context.Field.Before)
        ? [new Finding(Tier.NothingRestarts, "the claim grows where its storage class allows it; some file systems grow when their pod restarts")]
        : [new Finding(Tier.Unknown, "a claim never shrinks: the API server refuses it, and the deployment fails")];

    /// <summary>What becomes of a volume whose claim is gone.</summary>
    public static IEnumerable<Finding> Reclaim(ChangeContext context) => $"{context.Field.After}" == "Retain"
        ? [new Finding(Tier.NothingRestarts, "the data stay when the claim goes")]
        : [new Finding(Tier.DataAtRisk, "the data go when the claim does", "leave it at Retain")];

    /// <summary>Whether the object goes and another comes, under another name or for another field.</summary>
    private static bool IsMadeAgain(ChangeContext context) => context.Before.Name != context.After.Name
        || Content.Any(field => FieldDifference.Between(context.Before.Body[field], context.After.Body[field]).Count > 0);
}
