namespace Trials.Faults.Classic;

/// <summary>The same primary with data, run by the classic scripts.</summary>
public sealed class ClassicFixture : SeedingFixture
{
    private protected override Task<FaultLab> StartAsync(object test, ServerTerms terms, bool hasty) =>
        FaultLab.StartAsync(test, terms, 1, change: ClassicScripts.PutInto, hasty: hasty);
}
