using Lab.Processes;
using Xunit;

namespace Trials.Faults.Xtrabackup;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class DonorTests(SeedingFixture fixture) : DonorBehaviour(fixture), IClassFixture<SeedingFixture>
{
    protected override ServerTerms Terms => ServerTerms.MySql57;

    protected override string HangingDonor => "mysql-1.mysql: no backup server answers";

    private protected override Task<WatchedProcess> ServingProcessAsync(LabContainer server, LabContainer sidecar) => sidecar.ProcessAsync("ncat", "--listen");
}
