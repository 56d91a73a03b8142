using Lab;
using Lab.Commands;

namespace Cli.Status;

/// <summary>Shows a cluster again and again until it is interrupted: in place on a terminal; elsewhere whenever something has changed.</summary>
/// <param name="source">The cluster.</param>
/// <param name="show">A report as text.</param>
/// <param name="output">Where to.</param>
/// <param name="terminal">Whether that is a terminal.</param>
internal sealed class StatusWatch(IStatusSource source, Func<StatusReport, string> show, TextWriter output, bool terminal)
{
    /// <summary>How long it waits from one look to the next.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Shows it until that is interrupted.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var before = string.Empty;
        try
        {
            while (true)
            {
                var now = await FrameAsync(cancel);
                if (terminal)
                {
                    // To the upper left corner; what was there goes line by line, and then all that is below.
                    await output.WriteAsync($"\e[H{now.Replace("\n", "\e[K\n", StringComparison.Ordinal)}\e[J");
                }
                else if (now != before)
                {
                    await output.WriteAsync(now);
                }

                await output.FlushAsync(cancel);
                before = now;
                await Task.Delay(Period, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    // A cluster that does not answer for a while may do so again.
    private async Task<string> FrameAsync(CancellationToken cancel)
    {
        try
        {
            return $"{show(await source.ReadAsync(cancel))}\n";
        }
        catch (Exception away) when (away is CommandException or ClusterException)
        {
            return $"{away.Message}\n";
        }
    }
}
