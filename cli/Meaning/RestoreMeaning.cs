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
        ("Deployment", MySqlProof.Part) => [new Finding(Tier.NothingRestarts, "no snapshot is proved any more, and none that is made from then on is called good")],
        ("CronJob", MySqlBackup.Part) => [new Finding(Tier.Removed, "no backups are made any more; those that there are stay")],
        _ => null,
    };

    /// <summary>What is said of a CronJob that changes.</summary>
    public const string NextRun = "from its next run on";

    /// <summary>What is said of a Job that changes.</summary>
    public const string RunsAgain = "the Job is deleted and made again: its pods stop, and it runs from the beginning";

    /// <summary>A Job that changes. A restore's name says what it restores, so that one of the same name has nothing else to do.</summary>
    public static IEnumerable<Finding> Again(ChangeContext context) => Part(context.After) == MySqlRestore.Part
        ? [new Finding(Tier.NothingRestarts, "it is made again, finds what it restored, and ends")]
        : [new Finding(Tier.Replaced, RunsAgain)];

    /// <summary>What CronJobs run: of backups, where they are kept, and how many.</summary>
    public static IEnumerable<Finding> Backups(ChangeContext context) => Part(context.After) == MySqlBackup.Part
        ? [new Finding(Tier.NothingRestarts, NextRun), .. Kept(context), .. Moved(context, "jobTemplate", "backups")]
        : [new Finding(Tier.NothingRestarts, NextRun)];

    /// <summary>Another store, of the archive.</summary>
    public static IEnumerable<Finding> Archive(ChangeContext context) => IsArchive(context.After) ? Moved(context, string.Empty, "logs") : [];

    /// <summary>Whether a set is the library's archive of logs, which keeps nothing but in the store.</summary>
    public static bool IsArchive(Manifest set) => Part(set) == MySqlArchive.Part;

    /// <summary>Whether the library makes backups of a set.</summary>
    public static bool HasBackups(Manifest set, IReadOnlyList<Manifest> objects) => objects.Any(
        one => one.Kind == "CronJob" && one.Namespace == set.Namespace && Part(one) == MySqlBackup.Part && $"{one.Body["metadata"]!["labels"]![WorkloadLabels.Instance]}" == set.Name);

    private static IEnumerable<Finding> Kept(ChangeContext context)
    {
        var (was, now) = (SetChange.Number(context.Field.Before), SetChange.Number(context.Field.After));
        return Variable(context, "jobTemplate") switch
        {
            "KEEP_COUNT" when now < was => [new Finding(Tier.Removed, $"the next run removes the good backups beyond the newest {now}")],
            "KEEP_DAYS" when now > 0 && (was == 0 || now < was) => [new Finding(Tier.Removed, $"the next run removes the good backups that are older than {now} days, but the newest")],
            _ => [],
        };
    }

    /// <summary>A store is a remote or a claim, by a variable each; which remote, its Secret says.</summary>
    private static IEnumerable<Finding> Moved(ChangeContext context, string within, string what)
    {
        const string safely = "keep the earlier store until the new one has a good backup: ./dev backup now, once it is deployed";
        return (Variable(context, within), Volume(context, within)) switch
        {
            ("STORE_REMOTE" or "STORE_DIRECTORY" or "STORE_SNAPSHOTS", _) or (_, "store") =>
                [new Finding(Tier.Removed, $"another store: {what} that there are stay where they are, nobody looks after them, and a restore from the new one finds none of them", safely)],
            (_, BackupPod.StoreSecret) => [new Finding(Tier.Unknown, $"whether the other Secret leads to the same store, and decrypts the {what} that are there, is not known", safely)],
            _ => [],
        };
    }

    /// <summary>The variable of a container that a change is in; empty where it is in none.</summary>
    private static string Variable(ChangeContext context, string within) => Below(context, within, "containers", 2) is "env" ? Below(context, within, "containers", 3) : string.Empty;

    /// <summary>The volume that a change is in; empty where it is in none.</summary>
    private static string Volume(ChangeContext context, string within) => Below(context, within, "volumes", 1);

    /// <summary>A step of the change's path below a list of the pod; empty where it is not below that.</summary>
    private static string Below(ChangeContext context, string within, string list, int place)
    {
        var pod = within.Length == 0 ? 3 : 5;
        return context.Field.Path.Step(pod) == list ? context.Field.Path.Step(pod + place) : string.Empty;
    }

    private static IEnumerable<string> Claims(Manifest owner) =>
        List(PodView.Of(owner)?.Spec["volumes"]).Select(volume => Text(volume["persistentVolumeClaim"]?["claimName"])).Where(claim => claim.Length > 0);

    /// <summary>Which part of one of the library's clusters an object belongs to; nothing where it is none of the library's.</summary>
    private static string? Part(Manifest one) => one.Body["metadata"]?["labels"] is { } labels && $"{labels[WorkloadLabels.ManagedBy]}" == "pulumi" && $"{labels[WorkloadLabels.Name]}" == "mysql"
        ? $"{labels[WorkloadLabels.Component]}"
        : null;

    private static Manifest? Owner(string claim, string place, IReadOnlyList<Manifest> before) =>
        before.FirstOrDefault(set => set.Kind == "StatefulSet" && set.Namespace == place && SetChange.Claims(set).Contains(claim));
}
