using System.Globalization;
using System.Text.RegularExpressions;

namespace Cli.Meaning;

/// <summary>What another image means for the data that the image before it has written.</summary>
internal static partial class ServerVersion
{
    /// <summary>The series whose data the next one takes over; innovation releases stand between two. Source: MySQL 8.4 Reference Manual, 3.2 Upgrade Paths.</summary>
    private static readonly Version[] Series = [new(5, 6), new(5, 7), new(8, 0), new(8, 4), new(9, 7)];

    /// <summary>The first series within which a server may go back. Source: MySQL 8.4 Reference Manual, 4 Downgrading MySQL.</summary>
    private static readonly Version FirstLongTerm = new(8, 4);

    /// <summary>What follows for a MySQL server; nothing more than that pods roll where it goes on within a series.</summary>
    /// <param name="before">The image before.</param>
    /// <param name="after">The image after.</param>
    /// <param name="hasBackups">Whether the server before makes backups: from one of those it could go back.</param>
    public static Finding? OfMySql(string before, string after, bool hasBackups)
    {
        const string restore = "a server of the older version is a new cluster beside this one: dump there, load here";
        if (IsMariaDb(before) != IsMariaDb(after))
        {
            return new Finding(Tier.DataAtRisk, "another server: MariaDB and MySQL do not read each other's data", restore);
        }

        if (Of(before) is not { } was || Of(after) is not { } now)
        {
            return new Finding(Tier.Unknown, "an image's name does not tell its server's version: whether the data can be taken over is not known", "compare both versions: one series up at most, never down. Beside a digest a tag tells it: mysql:8.4@sha256:...");
        }

        if (now.CompareTo(was) < 0)
        {
            var stays = now.Major == was.Major && now.Minor == was.Minor;
            return stays && was.CompareTo(FirstLongTerm) > 0 && Series.Contains(new Version(was.Major, was.Minor))
                ? null
                : new Finding(Tier.DataAtRisk, $"{Text(was)} -> {Text(now)} is a way down: a server does not read data that a later one has written, and does not start on them", restore);
        }

        var steps = IsMariaDb(after) ? Math.Min(1, now.Major - was.Major) : Steps(was, now);
        return steps switch
        {
            0 => null,
            1 when hasBackups => new Finding(
                Tier.PodsRoll,
                $"{Text(was)} -> {Text(now)} is one series up: the data are rewritten at a server's first start, and once the primary's are there is no way back but a backup from before",
                "./dev backup now, before it is deployed; and hold the primary back with update.primary: manual until the replicas do well (docs/upgrades.md)"),
            1 => new Finding(
                Tier.DataAtRisk,
                $"{Text(was)} -> {Text(now)} is one series up, and the base has no backup: the data are rewritten at a server's first start, and once the primary's are there is no way back",
                "deploy backup by itself first, and make one; or copy the primary's volume, and acknowledge it (docs/upgrades.md)"),
            _ => new Finding(Tier.DataAtRisk, $"{Text(was)} -> {Text(now)} crosses {steps} series: a server takes over the data of the series before its own only, and does not start on older ones", "go one series at a time"),
        };
    }

    /// <summary>The way to go a step that replicas have gone before.</summary>
    public const string BackupFromBefore = "./dev backup list, before it is deployed: a good one from before the replicas went has to be there (docs/upgrades.md)";

    /// <summary>What follows for a MySQL server that takes an image at last, when it is not known which it has.</summary>
    /// <param name="after">The image that it takes.</param>
    /// <param name="hasBackups">Whether the servers make backups.</param>
    public static Finding? OfKept(string after, bool hasBackups)
    {
        if (Of(after) is not { } now)
        {
            return new Finding(Tier.Unknown, "neither the image of the pods that were kept is known nor the version of the one that they take: whether the data can be taken over is not known", "./dev diff --context NAME knows what they run");
        }

        // Of earlier series none is run that has a way up.
        if (!IsMariaDb(after) && (Place(now) == 0 || Series[Place(now) - 1].CompareTo(FirstLongTerm) < 0))
        {
            return null;
        }

        const string maybe = "what the pods that were kept run is not among these objects: where it is of the series before, the data are rewritten, and once the primary's are there is no way back";
        return hasBackups
            ? new Finding(Tier.PodsRoll, $"{maybe} but a backup from before", BackupFromBefore)
            : new Finding(Tier.DataAtRisk, $"{maybe}; and the base has no backup", "./dev diff --context NAME knows what they run; where it is of the series before, copy the primary's volume, and acknowledge it (docs/upgrades.md)");
    }

    /// <summary>What follows for any other program that keeps data.</summary>
    public static Finding? OfOther(string before, string after)
    {
        const string says = "whether this version reads what the one before it wrote is not known";
        return (Of(before), Of(after)) switch
        {
            ({ } was, { } now) when Repository(before) == Repository(after) && now.Major == was.Major && now.CompareTo(was) >= 0 => null,
            _ => new Finding(Tier.Unknown, says, "its notes on upgrades say; take a backup first"),
        };
    }

    private static int Steps(Version was, Version now) => Place(now) - Place(was);

    /// <summary>How many series end before or with a version: those of innovation releases count to the series that they lead to.</summary>
    private static int Place(Version version) => Series.Count(series => series.CompareTo(new Version(version.Major, version.Minor)) < 0);

    private static Version? Of(string image) => VersionPattern().Match(Tag(image)) is { Success: true } match
        ? new Version(Number(match, "major"), Number(match, "minor"), match.Groups["patch"].Success ? Number(match, "patch") : 0)
        : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string Text(Version version) => version.Build > 0 ? version.ToString(3) : version.ToString(2);

    private static bool IsMariaDb(string image) => Repository(image).Contains("mariadb", StringComparison.OrdinalIgnoreCase);

    private static string Tag(string image) => image.Split('@')[0] is var name && name.LastIndexOf(':') is var colon && colon > name.LastIndexOf('/') ? name[(colon + 1)..] : string.Empty;

    private static string Repository(string image) => image.Split('@')[0] is var name && name.LastIndexOf(':') is var colon && colon > name.LastIndexOf('/') ? name[..colon] : name;

    [GeneratedRegex("^v?(?<major>[0-9]{1,4})\\.(?<minor>[0-9]{1,4})(\\.(?<patch>[0-9]{1,6}))?(?![0-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex VersionPattern();
}
