namespace Trials.Faults.Classic;

/// <summary>The same primary with data, run by the classic scripts.</summary>
public sealed class ClassicFixture : SeedingFixture
{
    private protected override Task<FaultLab> StartAsync(ServerTerms terms) => FaultLab.StartAsync(terms, 1, change: ClassicScripts.PutInto);
}
