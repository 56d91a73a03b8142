using k8s.Models;
using Lab.Controllers;
using Lab.Specs;
using Lab.State;
using Xunit;

namespace Lab.Tests;

public class StatefulSetPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly StatefulSetSpec Three = new("default", "db", 3, "db", new V1PodTemplateSpec(), "new", []);

    [Fact]
    public void Creates_the_first_pod_alone() => Assert.Equal([0], Plan(Three).Create);

    [Fact]
    public void Creates_the_next_pod_only_when_all_lower_ones_are_ready()
    {
        Assert.Empty(Plan(Three, Ready(0) with { Ready = false }).Create);
        Assert.Equal("db-0 to be ready", Plan(Three, Ready(0) with { Ready = false }).WaitsFor);
        Assert.Equal([1], Plan(Three, Ready(0)).Create);
        Assert.Empty(Plan(Three, Ready(0), Ready(1) with { Phase = "Pending" }).Create);
        Assert.Equal([2], Plan(Three, Ready(0), Ready(1)).Create);
    }

    [Fact]
    public void Is_done_when_all_are_ready() => Assert.Null(Plan(Three, Ready(0), Ready(1), Ready(2)).WaitsFor);

    [Fact]
    public void A_missing_pod_comes_back_before_anything_else() => Assert.Equal([1], Plan(Three, Ready(0), Ready(2), Ready(3)).Create);

    [Fact]
    public void A_pod_that_ends_is_waited_for()
    {
        var plan = Plan(Three, Ready(0), Ready(1) with { Terminating = true }, Ready(2));

        Assert.Empty(plan.Create);
        Assert.Empty(plan.Delete);
        Assert.Equal("db-1 to end", plan.WaitsFor);
    }

    [Fact]
    public void Scales_down_from_the_highest_one_by_one()
    {
        Assert.Equal(["db-4"], Deleted(Plan(Three, Ready(0), Ready(1), Ready(2), Ready(3), Ready(4))));
        Assert.Equal("db-4 to end", Plan(Three, Ready(0), Ready(1), Ready(2), Ready(3), Ready(4) with { Terminating = true }).WaitsFor);
    }

    [Fact]
    public void Does_not_scale_down_while_a_pod_that_stays_is_unready() =>
        Assert.Empty(Deleted(Plan(Three, Ready(0), Ready(1) with { Ready = false }, Ready(2), Ready(3))));

    [Fact]
    public void Scaling_down_removes_the_lowest_unready_pod_only_at_its_turn()
    {
        Assert.Equal(["db-4"], Deleted(Plan(Three, Ready(0), Ready(1), Ready(2), Ready(3) with { Ready = false }, Ready(4))));
        Assert.Empty(Deleted(Plan(Three, Ready(0), Ready(1), Ready(2), Ready(3) with { Ready = false }, Ready(4) with { Ready = false })));
        Assert.Equal(["db-3"], Deleted(Plan(Three, Ready(0), Ready(1), Ready(2), Ready(3) with { Ready = false })));
    }

    [Fact]
    public void Rolls_from_the_highest_and_waits_for_each()
    {
        Assert.Equal(["db-2"], Deleted(Plan(Three, Old(0), Old(1), Old(2))));
        Assert.Empty(Deleted(Plan(Three, Old(0), Old(1), Ready(2) with { Ready = false })));
        Assert.Equal(["db-1"], Deleted(Plan(Three, Old(0), Old(1), Ready(2))));
        Assert.Equal(["db-0"], Deleted(Plan(Three, Old(0), Ready(1), Ready(2))));
    }

    [Fact]
    public void A_pod_stuck_unready_stops_a_roll_even_back_to_the_old_template() =>
        Assert.Empty(Deleted(Plan(Three, Old(0), Old(1), Old(2) with { Ready = false })));

    [Fact]
    public void A_partition_keeps_lower_pods_as_they_are() =>
        Assert.Null(Plan(Three with { Partition = 2 }, Old(0), Old(1), Ready(2)).WaitsFor);

    [Theory]
    [InlineData(9, "db-1 to stay ready for 10 s", new int[0])]
    [InlineData(10, "db-2 to be ready", new[] { 2 })]
    public void The_next_pod_is_made_when_the_one_before_it_has_stayed_ready(int seconds, string waitsFor, int[] created)
    {
        var plan = Plan(Three with { MinReadySeconds = 10 }, Ready(0) with { ReadySince = Now.AddHours(-1) }, Ready(1) with { ReadySince = Now.AddSeconds(-seconds) });

        Assert.Equal(waitsFor, plan.WaitsFor);
        Assert.Equal(created, plan.Create);
    }

    [Theory]
    [InlineData("OrderedReady", 9, new string[0])]
    [InlineData("OrderedReady", 10, new[] { "db-1" })]
    [InlineData("Parallel", 9, new string[0])]
    [InlineData("Parallel", 10, new[] { "db-1" })]
    public void The_next_pod_is_replaced_when_the_one_before_it_has_stayed_ready(string policy, int seconds, string[] replaced)
    {
        var set = Three with { MinReadySeconds = 10, Ordered = policy == "OrderedReady" };
        var since = Now.AddHours(-1);

        var plan = Plan(set, Old(0) with { ReadySince = since }, Old(1) with { ReadySince = since }, Ready(2) with { ReadySince = Now.AddSeconds(-seconds) });

        Assert.Equal(replaced, Deleted(plan));
    }

    [Fact]
    public void OnDelete_replaces_nothing_by_itself() => Assert.Null(Plan(Three with { Rolling = false }, Old(0), Old(1), Old(2)).WaitsFor);

    [Fact]
    public void Parallel_creates_and_deletes_all_at_once()
    {
        Assert.Equal([0, 1, 2], Plan(Three with { Ordered = false }).Create);
        Assert.Equal(["db-3", "db-4"], Deleted(Plan(Three with { Ordered = false }, Ready(0), Ready(1), Ready(2), Ready(3), Ready(4))).Order());
    }

    private static StatefulSetPlan Plan(StatefulSetSpec set, params PodState[] pods) => StatefulSetPlan.Next(set, pods, Now);

    private static IEnumerable<string> Deleted(StatefulSetPlan plan) => plan.Delete.Select(pod => pod.Name);

    private static PodState Ready(int ordinal) => new() { Name = $"db-{ordinal}", Ordinal = ordinal, Phase = "Running", Ready = true, Revision = "new" };

    private static PodState Old(int ordinal) => Ready(ordinal) with { Revision = "old" };
}
