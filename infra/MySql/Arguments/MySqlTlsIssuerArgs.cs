using Infra.Arguments;
using Infra.Identity;
using Pulumi;

namespace Infra.MySql;

/// <summary>An issuer of cert-manager.</summary>
public sealed class MySqlTlsIssuerArgs : ResourceArgs
{
    /// <summary>The API group of cert-manager's own issuers.</summary>
    internal const string OwnGroup = "cert-manager.io";

    /// <summary>The kinds of cert-manager's own issuers: of the namespace, and of the whole cluster.</summary>
    internal static readonly IReadOnlyList<string> OwnKinds = ["Issuer", "ClusterIssuer"];

    /// <summary>Its name. Required.</summary>
    [Input("name")]
    public string? Name { get; set; }

    /// <summary>Its kind: <c>Issuer</c> or <c>ClusterIssuer</c>, or whatever kind another <see cref="Group"/> has. Default: <c>Issuer</c>.</summary>
    [Input("kind")]
    public string? Kind { get; set; }

    /// <summary>Its API group, where it is not one of cert-manager's own. Default: <c>cert-manager.io</c>.</summary>
    [Input("group")]
    public string? Group { get; set; }

    /// <summary>The kind.</summary>
    internal string EffectiveKind => Kind ?? OwnKinds[0];

    /// <summary>The API group.</summary>
    internal string EffectiveGroup => Group ?? OwnGroup;

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which the certificates take them.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument) => new ArgumentChecks($"{argument}.")
        .Add(nameof(Name), Name is null ? "it is missing; it takes the name of an issuer of cert-manager" : ResourceName.ObjectProblem(Name))
        .Add(nameof(Kind), Kind is null || EffectiveGroup != OwnGroup ? null : Choice.Problem(Kind, OwnKinds))
        .Add(nameof(Group), Group is null || ResourceName.ObjectProblem(Group) is null ? null : $"\"{Group}\" is not an API group such as {OwnGroup}")
        .Problems;
}
