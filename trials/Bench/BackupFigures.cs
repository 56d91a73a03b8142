using System.Globalization;
using Trials.Instances;

namespace Trials.Bench;

/// <summary>What the benchmark of backups found.</summary>
internal sealed record BackupFigures
{
    /// <summary>Backups.</summary>
    public required IReadOnlyList<BackupRunTimes> Backups { get; init; }

    /// <summary>Raw packing and unpacking of the server's directory between those, in seconds.</summary>
    public required IReadOnlyList<(double Pack, double Unpack)> Raw { get; init; }

    /// <summary>The size of that directory in megabytes.</summary>
    public required double RawMegabytes { get; init; }

    private double PackRate => Rate(one => one.Pack + one.Store);

    private double UnpackRate => Rate(one => one.Unpack);

    private double Rest => Figures.Median(Backups.Select(one => one.Rest));

    private double Whole => Figures.Median(Backups.Select(one => one.Whole));

    private double RawPackRate => RawMegabytes / Figures.Median(Raw.Select(one => one.Pack));

    private double RawUnpackRate => RawMegabytes / Figures.Median(Raw.Select(one => one.Unpack));

    /// <summary>For programs.</summary>
    public object Json() => new
    {
        pack = new { ratio = Math.Round(PackRate / RawPackRate, 2), megabytesPerSecond = Math.Round(PackRate, 1) },
        unpack = new { ratio = Math.Round(UnpackRate / RawUnpackRate, 2), megabytesPerSecond = Math.Round(UnpackRate, 1) },
        rest = new { seconds = Math.Round(Rest, 1) },
        whole = new { seconds = Whole },
    };

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines()
    {
        var one = Backups[^1];
        yield return Line("pack.ratio", PackRate / RawPackRate, "0.00", string.Create(CultureInfo.InvariantCulture, $"packed and stored at {PackRate:0} MB/s; tar | zstd: {RawPackRate:0} MB/s"));
        yield return Line("unpack.ratio", UnpackRate / RawUnpackRate, "0.00", string.Create(CultureInfo.InvariantCulture, $"unpacked, every digest compared, at {UnpackRate:0} MB/s; zstd | tar: {RawUnpackRate:0} MB/s"));
        yield return Line("rest.seconds", Rest, "0", "what tar and zstd have nothing of: the copy by CLONE, servers that start on it and on what came back, and all tables of both read");
        yield return Line(
            "whole.seconds", Whole, "0",
            string.Create(CultureInfo.InvariantCulture, $"the last: {one.Megabytes:0} MB became {one.Packed:0} MB; packing {one.Pack:0.0} s, storing {one.Store:0.0} s, restoring and comparing {one.Prove:0} s, of which unpacking {one.Unpack:0.0} s"));
    }

    // The log has tenths of seconds: what took none took less than one.
    private double Rate(Func<BackupRunTimes, double> seconds) => Figures.Median(Backups.Select(one => one.Megabytes / Math.Max(0.1, seconds(one))));

    private static string Line(string name, double value, string format, string note) => $"{name,-14}  {value.ToString(format, CultureInfo.InvariantCulture),6}  {note}";
}
