using Infra.MySql;
using Infra.MySql.Profiles;
using Lab.Manifests;

namespace Cli.Checks;

/// <summary>The clusters whose servers nobody verifies: that is the stack's to decide, and no breach, but it is said.</summary>
internal static class Unverified
{
    /// <summary>A sentence for each of them.</summary>
    /// <param name="manifests">A stack's objects.</param>
    public static IEnumerable<string> Of(IReadOnlyList<Manifest> manifests) => manifests
        .Where(manifest => manifest.Kind == "StatefulSet" && PodContainers.Any(manifest, MySqlServer.Name) && !HasCertificates(manifest))
        .Select(manifest => $"told: {manifest.Kind}/{manifest.Name}: {Sentence(manifest)} (mysql-certificates)");

    private static string Sentence(Manifest manifest) => PodContainers.Any(manifest, SeedingMethod.Clone.Sidecar)
        ? "its servers speak TLS and nobody verifies them; the setting tls gives them certificates, see docs/tls.md"
        : "nobody verifies its servers, and replication and clients may go unencrypted; mysql-8.4 and mysql-9.7 take certificates, see docs/tls.md";

    private static bool HasCertificates(Manifest manifest) =>
        manifest.Body["spec"]?["template"]?["spec"]?["volumes"]?.AsArray().Any(volume => (string?)volume?["name"] == MySqlVolumes.Tls) == true;
}
