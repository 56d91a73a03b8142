using System.Text.Json;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using ApiObject = Pulumi.Kubernetes.ApiExtensions.CustomResource;

namespace Infra.MySql;

/// <summary>
/// The Secret with the certificate that all servers of a cluster share: one that is there, or one that cert-manager keeps for a Certificate made here. It is
/// mounted by its plain name, and its content may change under the pods.
/// </summary>
internal static class MySqlCertificate
{
    private const string Api = "cert-manager.io/v1";

    /// <summary>The name of the Secret that the pods mount.</summary>
    public static string SecretName(string set, MySqlTlsArgs tls) => tls.Secret ?? $"{set}-tls";

    /// <summary>Registers what cert-manager is asked for; nothing where the Secret is there already.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="scope">What the cluster's objects share.</param>
    /// <param name="args">The cluster's arguments, with certificates.</param>
    /// <param name="service">A Service of the cluster, which tells the namespace.</param>
    /// <param name="options">The resource's options.</param>
    public static ApiObject? Register(string name, WorkloadScope scope, MySqlClusterArgs args, Service service, CustomResourceOptions options) =>
        args.Tls?.Issuer is not { } issuer
            ? null
            : new ApiObject(
                $"{name}-certificate",
                new OperatorObject(Api, "Certificate")
                {
                    Metadata = scope.Named(scope.Identity.Name),
                    Spec = Output.All(Domains(args).SelectMany(domain => Hosts(scope, args).Select(host => WorkloadScope.InCluster(host, service, domain))))
                        .Apply(hosts => Specification(SecretName(scope.Identity.Name, args.Tls), issuer, hosts)),
                },
                options);

    /// <summary>Whom servers and clients connect to: any pod, so that scaling needs no new certificate, and the Services.</summary>
    private static IEnumerable<string> Hosts(WorkloadScope scope, MySqlClusterArgs args) =>
    [
        $"*.{scope.Identity.Service}",
        ReadService.NameFor(scope.Identity.Name),
        .. args.HasWriteService ? (string[])[WriteService.NameFor(scope.Identity.Name)] : [],
    ];

    /// <summary>Without the domain, too: pods that have not heard of it yet call each other so, and a certificate that names both is taken by all.</summary>
    private static IEnumerable<Input<string>?> Domains(MySqlClusterArgs args) => args.Domain is null ? [null] : [null, args.Domain];

    private static JsonElement Specification(string secret, MySqlTlsIssuerArgs issuer, IEnumerable<string> hosts) => JsonSerializer.SerializeToElement(new
    {
        secretName = secret,
        dnsNames = hosts,
        usages = (string[])["digital signature", "key encipherment", "server auth"],
        // A key that leaked is of no use after the next renewal.
        privateKey = new { algorithm = "ECDSA", size = 256, rotationPolicy = "Always" },
        issuerRef = new { name = issuer.Name, kind = issuer.EffectiveKind, group = issuer.EffectiveGroup },
    });
}
