using k8s.Models;

namespace Lab.Probes;

/// <summary>Turns single results into verdicts by the thresholds of a probe.</summary>
/// <param name="probe">The thresholds.</param>
public sealed class ProbeTracker(V1Probe probe)
{
    private bool? _last;
    private int _inARow;

    /// <summary>Takes in a result: true when the probe has now succeeded, false when it has now failed, null when it is too early to say.</summary>
    public bool? Record(bool success)
    {
        _inARow = _last == success ? _inARow + 1 : 1;
        _last = success;
        return _inARow < (success ? probe.SuccessThreshold : probe.FailureThreshold) ? null : success;
    }
}
