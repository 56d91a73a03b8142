using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Trials.Faults.Clone;

/// <summary>An authority that makes certificates for servers.</summary>
internal sealed class Authority : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(2);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly CertificateRequest request;
    private readonly X509Certificate2 certificate;

    public Authority(string name)
    {
        request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        certificate = request.CreateSelfSigned(Begin, Begin + Life);
    }

    private static DateTimeOffset Begin => DateTimeOffset.UtcNow.AddHours(-1);

    /// <summary>Its own certificate, by which those that it makes are verified.</summary>
    public string Certificate => certificate.ExportCertificatePem() + "\n";

    /// <summary>Its own certificate before it was renewed: the same key, and another end.</summary>
    /// <param name="until">Its end.</param>
    public string CertificateUntil(DateTimeOffset until)
    {
        using var before = request.CreateSelfSigned(Begin, until);
        return before.ExportCertificatePem() + "\n";
    }

    /// <summary>A new certificate for names, and its key.</summary>
    public (string Certificate, string Key) Issue(params string[] names) => Issue(names, Begin + (Life / 2));

    /// <summary>A new certificate for names, and its key.</summary>
    /// <param name="names">The names.</param>
    /// <param name="until">How long it is good.</param>
    public (string Certificate, string Key) Issue(string[] names, DateTimeOffset until)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=server", own, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        server.CertificateExtensions.Add(alternatives.Build());
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        server.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var issued = server.Create(certificate, Begin, until, RandomNumberGenerator.GetBytes(8));
        return (issued.ExportCertificatePem() + "\n", own.ExportPkcs8PrivateKeyPem() + "\n");
    }

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }
}
