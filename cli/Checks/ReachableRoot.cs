using System.Text.Json.Nodes;
using Infra.MySql;
using Lab.Manifests;

namespace Cli.Checks;

/// <summary>The clusters whose administrator may log in from wherever their servers are reached: that is the stack's to decide, and no breach, but it is said.</summary>
internal static class ReachableRoot
{
    /// <summary>A sentence for each of them.</summary>
    /// <param name="manifests">A stack's objects.</param>
    public static IEnumerable<string> Of(IReadOnlyList<Manifest> manifests) => manifests
        .Where(manifest => manifest.Kind == "StatefulSet" && PodContainers.All(manifest).Any(container => (string?)container["name"] == MySqlServer.Name && !KeepsRootHome(container)))
        .Select(manifest => $"told: {manifest.Kind}/{manifest.Name}: root may log in from wherever its servers are reached; with remoteRoot: false it does from their own pods alone, see docs/security.md (mysql-remote-root)");

    private static bool KeepsRootHome(JsonNode container) =>
        container["env"]?.AsArray().Any(variable => (string?)variable?["name"] == MySqlEnvironment.RemoteRoot && (string?)variable["value"] == "false") == true;
}
