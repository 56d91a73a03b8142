using Infra.Arguments;
using Infra.Identity;
using Pulumi;

namespace Infra.MySql;

/// <summary>
/// Certificates of a cluster's servers, by which replicas, clones, probes and clients know whom they speak to: out of a Secret that is there, or made by
/// cert-manager. Plain values, as they shape the graph.
/// </summary>
public sealed class MySqlTlsArgs : ResourceArgs
{
    /// <summary>
    /// The name of a Secret with the keys <c>ca.crt</c>, <c>tls.crt</c> and <c>tls.key</c>. The certificate names every server by its full host name, such as
    /// <c>*.shop.default.svc</c>, and the Services that clients connect to; <c>ca.crt</c> may hold several authorities. Default: none; then
    /// <see cref="Issuer"/> makes it.
    /// </summary>
    [Input("secret")]
    public string? Secret { get; set; }

    /// <summary>The issuer of cert-manager by which a certificate is made for the cluster's names. Default: none; then <see cref="Secret"/> has it.</summary>
    [Input("issuer")]
    public MySqlTlsIssuerArgs? Issuer { get; set; }

    /// <summary>Whether the servers refuse clients without TLS. Default: true.</summary>
    [Input("require")]
    public bool? Require { get; set; }

    /// <summary>Whether the servers refuse clients without TLS.</summary>
    internal bool IsRequired => Require ?? true;

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which the cluster takes them.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument) => new ArgumentChecks()
        .Add(argument, (Secret is null, Issuer is null) switch
        {
            (true, true) => "it takes secret, the name of a Secret with ca.crt, tls.crt and tls.key, or issuer, by which cert-manager makes one",
            (false, false) => "secret and issuer are two ways to the same certificate; say one of them",
            _ => null,
        })
        .Add($"{argument}.{nameof(Secret)}", Secret is null ? null : ResourceName.ObjectProblem(Secret))
        .AddRange(Issuer?.Problems($"{argument}.{nameof(Issuer)}") ?? [])
        .Problems;
}
