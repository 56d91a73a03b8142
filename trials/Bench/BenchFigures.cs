using System.Globalization;
using Trials.Instances;

namespace Trials.Bench;

/// <summary>What a run of the benchmark found.</summary>
internal sealed record BenchFigures
{
    /// <summary>Evaluations of the stack in this process in milliseconds, the first one first.</summary>
    public required IReadOnlyList<double> Evaluations { get; init; }

    /// <summary>From asking for three servers on empty claims until all are ready, in seconds.</summary>
    public required double Up { get; init; }

    /// <summary>From the SIGKILL of a replica's pod until it is ready again, in seconds.</summary>
    public required IReadOnlyList<double> ReplicaRecoveries { get; init; }

    /// <summary>From the SIGKILL of the primary's pod until it is ready again, in seconds.</summary>
    public required IReadOnlyList<double> PrimaryRecoveries { get; init; }

    /// <summary>An idle primary from its deletion until its pod is gone, in seconds.</summary>
    public required IReadOnlyList<double> PrimaryStops { get; init; }

    /// <summary>The size of the primary's directory, in bytes.</summary>
    public required long RawBytes { get; init; }

    /// <summary>The size of what a backup takes of it, in bytes: all but logs and temporary tables.</summary>
    public required long SeededBytes { get; init; }

    /// <summary>Raw copies in seconds.</summary>
    public required IReadOnlyList<double> RawCopies { get; init; }

    /// <summary>Seedings, until the data can be used, in seconds.</summary>
    public required IReadOnlyList<double> Seedings { get; init; }

    /// <summary>The most memory that each helper held, in megabytes.</summary>
    public required IReadOnlyDictionary<string, double> Memory { get; init; }

    /// <summary>How many processes wanted to run on average in the run's last minute, on how many processors.</summary>
    public required string Load { get; init; }

    private double Ratio => Figures.Median(Seedings) / Figures.Median(RawCopies);

    private double Rate => SeededBytes / 1e6 / Figures.Median(Seedings);

    /// <summary>For programs.</summary>
    public object Json() => new
    {
        seeding = new { ratio = Math.Round(Ratio, 3), megabytesPerSecond = Math.Round(Rate, 1) },
        up = new { seconds = Math.Round(Up, 1) },
        recover = new
        {
            replica = new { seconds = Math.Round(Figures.Median(ReplicaRecoveries), 1) },
            primary = new { seconds = Math.Round(Figures.Median(PrimaryRecoveries), 1) },
        },
        stop = new { primary = new { seconds = Math.Round(Figures.Median(PrimaryStops), 1) } },
        evaluate = new { milliseconds = Math.Round(Evaluations[0], 1) },
        memory = Memory.OrderBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => new { megabytes = Math.Round(pair.Value, 1) }),
    };

    /// <summary>For people: name, value, and what it is made of.</summary>
    public IEnumerable<(string Name, string Value, string Note)> Rows()
    {
        yield return ("seeding.ratio", Text(Ratio, "0.00"), $"medians of seeding until the data can be used, {List(Seedings)} s, and tar | ncat | tar | sync, {List(RawCopies)} s");
        yield return ("seeding.megabytesPerSecond", Text(Rate, "0.0"), $"{SeededBytes / 1e6:0} MB seeded; the raw copy took {RawBytes / 1e6:0} MB, logs included");
        yield return ("up.seconds", Text(Up, "0.0"), "three servers on empty claims, images present");
        yield return ("recover.replica.seconds", Text(Figures.Median(ReplicaRecoveries), "0.0"), $"killed pod to ready: {List(ReplicaRecoveries)}");
        yield return ("recover.primary.seconds", Text(Figures.Median(PrimaryRecoveries), "0.0"), $"killed pod to ready: {List(PrimaryRecoveries)}");
        yield return ("stop.primary.seconds", Text(Figures.Median(PrimaryStops), "0.0"), $"idle, deleted to gone: {List(PrimaryStops)}");
        yield return ("evaluate.milliseconds", Text(Evaluations[0], "0.0"), $"first in a process; later ones {Text(Figures.Median(Evaluations.Skip(1)), "0.0")}");
        foreach (var (helper, megabytes) in Memory.OrderBy(pair => pair.Key))
        {
            yield return ($"memory.{helper}.megabytes", Text(megabytes, "0.0"), Bound(helper));
        }

        yield return ("load", Load, "processes that wanted to run, on average over the last minute");
    }

    private static string Bound(string helper) => helper switch
    {
        "backup" => "xtrabackup --backup on the donor: one copying thread and fixed buffers, whatever the data's size",
        "prepare" => "xtrabackup --prepare: its --use-memory (PREPARE_MEMORY, 256M) and fixed buffers",
        "xbstream" => "one chunk at a time",
        "scratch" => "the server that receives the clone: a buffer pool of 64M, and what any server holds",
        _ => "one buffer a connection",
    };

    private static string List(IEnumerable<double> values) => string.Join(", ", values.Select(value => Text(value, "0.0")));

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
