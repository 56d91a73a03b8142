using Lab.Pods;
using Xunit;

namespace Lab.Tests;

public class RestartBackoffTests
{
    [Fact]
    public void Doubles_from_one_second_to_thirty_after_a_first_restart_at_once()
    {
        var backoff = new RestartBackoff();

        Assert.Equal([0, 1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 8).Select(_ => backoff.After(TimeSpan.FromSeconds(1)).TotalSeconds));
    }

    [Fact]
    public void Starts_over_after_a_long_run()
    {
        var backoff = new RestartBackoff();
        _ = Enumerable.Range(0, 5).Select(_ => backoff.After(TimeSpan.Zero)).ToList();

        Assert.Equal([0, 1], new[] { backoff.After(TimeSpan.FromSeconds(60)), backoff.After(TimeSpan.Zero) }.Select(wait => wait.TotalSeconds));
    }
}
