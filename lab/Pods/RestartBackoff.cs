namespace Lab.Pods;

/// <summary>How long a container waits before it is started again.</summary>
public sealed class RestartBackoff
{
    /// <summary>The longest wait. The kubelet goes from 10 s to 5 min; a lab is watched by a person, and its tests wait for each restart.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    private TimeSpan _next = TimeSpan.Zero;

    /// <summary>The wait after a run that took <paramref name="ranFor"/>: none the first time, then doubling.</summary>
    /// <remarks>A run of twice the longest wait starts over, the kubelet's own rule (10 min for its 5).</remarks>
    public TimeSpan After(TimeSpan ranFor)
    {
        var wait = ranFor >= 2 * Longest ? TimeSpan.Zero : _next;
        _next = wait == TimeSpan.Zero ? First : Min(2 * wait, Longest);
        return wait;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
