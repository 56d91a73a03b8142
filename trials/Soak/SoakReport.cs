using System.Globalization;
using Trials.Instances;

namespace Trials.Soak;

/// <summary>What came of a soak.</summary>
internal sealed record SoakReport
{
    /// <summary>The seed of its plan.</summary>
    public required int Seed { get; init; }

    /// <summary>The servers' profile, where it is not the stack's own.</summary>
    public string? Profile { get; init; }

    /// <summary>The faults done, with the seconds from each one's end until all pods were ready again.</summary>
    public required IReadOnlyList<(Fault Fault, double SecondsToReady)> Recoveries { get; init; }

    /// <summary>How many inserts the primary acknowledged.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>Acknowledged rows that the primary does not have; nothing where it could not be asked.</summary>
    public IReadOnlyList<long>? Missing { get; init; }

    /// <summary>How often the scheduled event ran, by the id of the server that ran it; nothing where the primary could not be asked.</summary>
    public IReadOnlyDictionary<long, long>? EventsByServer { get; init; }

    /// <summary>Reads that were answered and refused.</summary>
    public required (int Answered, int Refused) Reads { get; init; }

    /// <summary>What each server holds at the end; none where it did not come to that.</summary>
    public IReadOnlyList<ServerData> Servers { get; init; } = [];

    /// <summary>What went wrong, and the last lines of what failed; empty when nothing did.</summary>
    public IReadOnlyList<string> Failure { get; init; } = [];

    /// <summary>Whether nothing failed, nothing is missing, all servers hold the same, and events ran on the primary alone.</summary>
    public bool Sound => Failure.Count == 0 && Acknowledged > 0 && Missing is [] && ServerData.Same(Servers) && EventsByServer is { Count: 1 };

    private IEnumerable<double> Times => Recoveries.Select(one => one.SecondsToReady);

    private IOrderedEnumerable<IGrouping<FaultKind, double>> Kinds => Recoveries.GroupBy(one => one.Fault.Kind, one => one.SecondsToReady).OrderBy(kind => kind.Key);

    /// <summary>For programs.</summary>
    public object Json() => new
    {
        seed = Seed,
        profile = Profile,
        sound = Sound,
        faults = Kinds.ToDictionary(kind => $"{kind.Key}", kind => kind.Count()),
        recoveries = Recoveries.Count,
        secondsToReady = new { min = Round(Times.DefaultIfEmpty().Min()), median = Round(Figures.Median(Times)), percentile95 = Round(Figures.Percentile95(Times)), max = Round(Times.DefaultIfEmpty().Max()) },
        acknowledged = Acknowledged,
        missing = Missing?.Count,
        events = EventsByServer?.ToDictionary(pair => $"{pair.Key}", pair => pair.Value),
        reads = new { answered = Reads.Answered, refused = Reads.Refused },
        servers = Servers.Select(server => new { host = server.Host, rows = server.Rows, checksum = server.Checksum }),
        failure = Failure,
    };

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var kind in Kinds)
        {
            yield return $"{kind.Key,-20} {kind.Count(),3} recovered   ready after {Seconds(kind)}";
        }

        yield return $"{"all",-20} {Recoveries.Count,3} recovered   ready after {Seconds(Times)}";
        yield return $"writes               {Acknowledged} acknowledged, {(Missing is null ? "not compared" : $"{Missing.Count} of them missing on the primary")}";
        yield return $"reads                {Reads.Answered} answered, {Reads.Refused} refused";
        if (EventsByServer is { } events)
        {
            yield return $"events               {string.Join(", ", events.Select(pair => $"{pair.Value} run by server {pair.Key}").DefaultIfEmpty("none run"))}";
        }

        foreach (var server in Servers)
        {
            yield return $"{server.Host,-20} {server.Rows} rows, checksum {server.Checksum}";
        }

        foreach (var line in Failure)
        {
            yield return line;
        }

        yield return Sound ? $"sound                seed {Seed}" : $"not sound            ./dev soak {(Profile is null ? string.Empty : $"--profile {Profile} ")}--seed {Seed} does the same again";
    }

    private static string Seconds(IEnumerable<double> times) => times.ToList() is { Count: > 0 } all
        ? string.Create(CultureInfo.InvariantCulture, $"{all.Min():0.0} to {all.Max():0.0} s, median {Figures.Median(all):0.0} s, 95 % within {Figures.Percentile95(all):0.0} s")
        : "-";

    private static double Round(double seconds) => Math.Round(seconds, 1);
}
