using Lab.Processes;
using Xunit;

namespace Trials.Faults.Clone;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class DonorTests(SeedingFixture fixture) : DonorBehaviour(fixture), IClassFixture<SeedingFixture>
{
    protected override ServerTerms Terms => ServerTerms.MySql84;

    protected override string HangingDonor => "mysql-1.mysql: its server does not answer";

    private protected override Task<WatchedProcess> ServingProcessAsync(LabContainer server, LabContainer sidecar) => server.ServerAsync();
}
