using Cli.Status;
using Infra.Identity;
using Infra.MySql.Profiles;
using Lab.Commands;
using Lab.Manifests;

namespace Trials.Instances;

/// <summary>The first MySQL system of a stack, by itself.</summary>
/// <param name="Identity">Who its servers are.</param>
/// <param name="Manifests">The stack's objects without the StatefulSets of its other systems.</param>
/// <param name="Set">Its StatefulSet.</param>
internal sealed record MySqlServers(StatefulIdentity Identity, IReadOnlyList<Manifest> Manifests, Manifest Set)
{
    /// <summary>The claim template of a server's data.</summary>
    private const string ClaimTemplate = "data";

    /// <summary>How its servers get their data: the method whose sidecar its pods run.</summary>
    public SeedingMethod Seeding { get; } = MySqlProfile.All.Select(profile => profile.Seeding).First(seeding => PodContainers.Any(Set, seeding.Sidecar));

    /// <summary>An image with the tools that move backups, tar and ncat among them, also where the servers need none.</summary>
    public string ToolsImage => PodContainers.Image(Set, SeedingMethod.Xtrabackup(string.Empty).Sidecar) ?? MySqlProfile.MySql57.Seeding.ToolsImage!;

    /// <summary>Finds it.</summary>
    /// <param name="manifests">A stack's objects.</param>
    /// <param name="replicas">How many servers it is to have.</param>
    /// <exception cref="CommandException">The stack has no MySQL system.</exception>
    public static MySqlServers Of(IReadOnlyList<Manifest> manifests, int replicas)
    {
        var set = manifests.FirstOrDefault(one => one.Kind == "StatefulSet" && PodContainers.Any(one, MySqlStatus.Container))
            ?? throw new CommandException("the stack has no MySQL system");
        set.Body["spec"]!["replicas"] = replicas;
        return new MySqlServers(
            new StatefulIdentity(set.Name, $"{set.Body["spec"]?["serviceName"]}", replicas),
            [.. manifests.Where(one => one.Kind != "StatefulSet" || one == set)],
            set);
    }

    /// <summary>The claim of a server's data.</summary>
    public string Claim(int ordinal) => Identity.Claim(ClaimTemplate, ordinal);
}
