using Cli.Checks.Policies;
using Infra.MySql;
using Infra.Workloads;
using Lab.Manifests;
using static Cli.Checks.StatefulSetView;

namespace Cli.Meaning;

/// <summary>What it means that the objects of a backup, its archive, or a restore come or go: the library's own, of which it is known what becomes of them.</summary>
internal static class RestoreMeaning
{
    private const string Safely = "restore into a system of another name; or take restore away";

    /// <summary>What follows when one is made; nothing special is null. On a system that is there, a restore does nothing, and the deployment fails.</summary>
    public static IReadOnlyList<Finding>? Made(Manifest made, IReadOnlyList<Manifest> before) => made.Kind switch
    {
        "PersistentVolumeClaim" when ClaimMeaning.IsPatch(made) && Owner(made.Name, made.Namespace, before) is { } set => [.. ClaimMeaning.TakenOver(made, set)],
        "PersistentVolumeClaim" when Owner(made.Name, made.Namespace, before) is { } set =>
            [new Finding(Tier.DataAtRisk, $"StatefulSet {set.Name} has the claim {made.Name} already: the API server refuses to make it, and the deployment fails", "give the claim another name")],
        "Job" when Part(made) == MySqlRestore.Part && Claims(made).Select(claim => Owner(claim, made.Namespace, before)).FirstOrDefault(set => set is not null) is { } set =>
            [new Finding(Tier.DataAtRisk, $"StatefulSet {set.Name} is there already: the restore finds its data and is REFUSED, and the deployment fails", Safely)],
        _ => null,
    };

    /// <summary>What follows when one is removed; nothing special is null.</summary>
    public static IReadOnlyList<Finding>? Gone(Manifest gone) => (gone.Kind, ClaimMeaning.IsPatch(gone) ? string.Empty : Part(gone)) switch
    {
        // The library registers claims so that their removal deletes none.
        ("PersistentVolumeClaim", not null) => [new Finding(Tier.NothingRestarts, "the claim stays, with its data, and is no longer this program's to change")],
        ("Job", MySqlRestore.Part) => [new Finding(Tier.NothingRestarts, "what it restored stays")],
        ("StatefulSet", MySqlArchive.Part) => [new Finding(Tier.Removed, "no binary logs are archived any more: what is written from then on comes with the next backup only; those that there are stay")],
        ("CronJob", MySqlBackup.Part) => [new Finding(Tier.Removed, "no backups are made any more; those that there are stay")],
        _ => null,
    };

    /// <summary>Whether the library makes backups of a set.</summary>
    public static bool HasBackups(Manifest set, IReadOnlyList<Manifest> objects) => objects.Any(
        one => one.Kind == "CronJob" && one.Namespace == set.Namespace && Part(one) == MySqlBackup.Part && $"{one.Body["metadata"]!["labels"]![WorkloadLabels.Instance]}" == set.Name);

    private static IEnumerable<string> Claims(Manifest owner) =>
        List(PodView.Of(owner)?.Spec["volumes"]).Select(volume => Text(volume["persistentVolumeClaim"]?["claimName"])).Where(claim => claim.Length > 0);

    /// <summary>Which part of one of the library's clusters an object belongs to; nothing where it is none of the library's.</summary>
    private static string? Part(Manifest one) => one.Body["metadata"]?["labels"] is { } labels && $"{labels[WorkloadLabels.ManagedBy]}" == "pulumi" && $"{labels[WorkloadLabels.Name]}" == "mysql"
        ? $"{labels[WorkloadLabels.Component]}"
        : null;

    private static Manifest? Owner(string claim, string place, IReadOnlyList<Manifest> before) =>
        before.FirstOrDefault(set => set.Kind == "StatefulSet" && set.Namespace == place && SetChange.Claims(set).Contains(claim));
}
