using FsCheck;
using FsCheck.Fluent;
using Trials.Soak;
using Xunit;

namespace Tests.Trials;

public sealed class FaultPlanTests
{
    private const int Steps = 60;

    [Fact]
    public void The_plan_comes_from_the_seed_alone() => Prop
        .ForAll<int>(seed => FaultPlan.From(seed, 3).Take(Steps).SequenceEqual(FaultPlan.From(seed, 3).Take(Steps)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Another_seed_makes_another_plan() => Assert.NotEqual(FaultPlan.From(1, 3).Take(Steps), FaultPlan.From(2, 3).Take(Steps));

    [Fact]
    public void Every_kind_comes_before_one_comes_again() => Prop
        .ForAll<int>(seed =>
        {
            var kinds = Enum.GetValues<FaultKind>();
            return FaultPlan.From(seed, 3).Take(kinds.Length).Select(fault => fault.Kind).Order().SequenceEqual(kinds.Order());
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_fault_concerns_a_server_that_can_have_it() => Prop
        .ForAll<int>(seed => FaultPlan.From(seed, 3).Take(Steps).All(fault => fault.Kind switch
        {
            FaultKind.SeedingKilled => fault.Ordinal == 3,
            FaultKind.ScaledDownAndUp => fault.Ordinal == 2,
            FaultKind.ReplicationStopped or FaultKind.RelayLogTorn => fault.Ordinal is 1 or 2,
            FaultKind.AllPodsKilled or FaultKind.OptionChanged => fault.Ordinal == -1,
            _ => fault.Ordinal is >= 0 and <= 2,
        }))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Steps_are_counted_from_one() => Assert.Equal(Enumerable.Range(1, Steps), FaultPlan.From(7, 3).Take(Steps).Select(fault => fault.Step));
}
