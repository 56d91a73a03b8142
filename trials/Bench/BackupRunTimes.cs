using System.Globalization;
using System.Text.RegularExpressions;
using Lab;

namespace Trials.Bench;

/// <summary>What a backup's log tells of its parts, in seconds and in megabytes.</summary>
/// <param name="Whole">From the first question to the last word.</param>
/// <param name="Pack">Packing.</param>
/// <param name="Store">Bringing that into the store.</param>
/// <param name="Unpack">Unpacking it again, every digest compared.</param>
/// <param name="Prove">Fetching back, unpacking, a server on it, and reading every table.</param>
/// <param name="Megabytes">What was packed.</param>
/// <param name="Packed">What became of it.</param>
internal sealed partial record BackupRunTimes(double Whole, double Pack, double Store, double Unpack, double Prove, double Megabytes, double Packed)
{
    /// <summary>What raw packing and unpacking has not: the copy, the servers that start on it and on what came back, and reading every table of both.</summary>
    public double Rest => Whole - Pack - Store - Unpack;

    /// <summary>Reads it.</summary>
    /// <exception cref="ClusterException">A line is missing.</exception>
    public static BackupRunTimes Of(IReadOnlyList<string> log)
    {
        var packed = Find(log, PackedLine());
        return new BackupRunTimes(
            Seconds(Find(log, DoneLine())), Seconds(packed), Seconds(Find(log, StoredLine())), Seconds(Find(log, UnpackedLine())), Seconds(Find(log, GoodLine())),
            Number(packed.Groups["plain"].Value), Number(packed.Groups["packed"].Value));
    }

    private static Match Find(IReadOnlyList<string> log, Regex line) =>
        log.Select(one => line.Match(one)).FirstOrDefault(match => match.Success) ?? throw new ClusterException($"the backup's log has no line {line}", [.. log.TakeLast(10)]);

    private static double Seconds(Match match) => Number(match.Groups["seconds"].Value);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("packed [0-9]+ files in (?<seconds>[0-9.]+) s: (?<plain>[0-9.]+) MB became (?<packed>[0-9.]+) MB")]
    private static partial Regex PackedLine();

    [GeneratedRegex("stored [0-9.]+ MB in (?<seconds>[0-9.]+) s")]
    private static partial Regex StoredLine();

    [GeneratedRegex("unpacked [0-9]+ files in (?<seconds>[0-9.]+) s")]
    private static partial Regex UnpackedLine();

    [GeneratedRegex("is good: restored and compared in (?<seconds>[0-9]+) s")]
    private static partial Regex GoodLine();

    [GeneratedRegex("done: backup .* in (?<seconds>[0-9]+) s")]
    private static partial Regex DoneLine();
}
