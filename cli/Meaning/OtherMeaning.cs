namespace Cli.Meaning;

/// <summary>What changes of other kinds mean, given what is around them.</summary>
internal static class OtherMeaning
{
    /// <summary>The content of a ConfigMap. Options of a server that it holds are told of with the pods that roll for them, where its name is made of its content.</summary>
    public static IEnumerable<Finding> Configuration(ChangeContext context) => context.Before.Name != context.After.Name
        ? [new Finding(Tier.NothingRestarts, "named after its content: it is made before pods roll, and the one before it goes when they have")]
        :
        [
            new Finding(Tier.NothingRestarts, "it is deleted and made again; pods that mount it run on and see it in about a minute, or at their next start"),
            .. ServerOptions.Between(context.Before, context.After),
        ];

    /// <summary>The size of a claim.</summary>
    public static IEnumerable<Finding> ClaimSize(ChangeContext context) => Quantities.Value(context.Field.After) >= Quantities.Value(context.Field.Before)
        ? [new Finding(Tier.NothingRestarts, "the claim grows where its storage class allows it; some file systems grow when their pod restarts")]
        : [new Finding(Tier.Unknown, "a claim never shrinks: the API server refuses it, and the deployment fails")];

    /// <summary>What becomes of a volume whose claim is gone.</summary>
    public static IEnumerable<Finding> Reclaim(ChangeContext context) => $"{context.Field.After}" == "Retain"
        ? [new Finding(Tier.NothingRestarts, "the data stay when the claim goes")]
        : [new Finding(Tier.DataAtRisk, "the data go when the claim does", "leave it at Retain")];
}
