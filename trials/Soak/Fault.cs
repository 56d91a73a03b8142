using System.Globalization;

namespace Trials.Soak;

/// <summary>One fault of a soak.</summary>
/// <param name="Step">Its place in the plan, from 1.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Ordinal">To which server; -1 where it concerns all.</param>
/// <param name="Pause">How long all is well before it.</param>
/// <param name="Time">How long it lasts, or how far into the seeding it comes.</param>
internal sealed record Fault(int Step, FaultKind Kind, int Ordinal, TimeSpan Pause, TimeSpan Time)
{
    /// <summary>For people.</summary>
    public override string ToString()
    {
        var whom = Ordinal < 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" of ordinal {Ordinal}");
        var time = Kind is FaultKind.SeedingKilled or FaultKind.ScaledDownAndUp or FaultKind.NameBlocked or FaultKind.ReplicationStopped or FaultKind.ServerFrozen or FaultKind.ConnectionsTaken
            ? string.Create(CultureInfo.InvariantCulture, $" ({Time.TotalSeconds:0.0} s)")
            : string.Empty;
        return $"{Kind}{whom}{time}";
    }
}
