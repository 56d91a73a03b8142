using Xunit;

namespace Trials.Faults.Clone;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class SidecarTests(SeedingFixture fixture) : SidecarBehaviour(fixture), IClassFixture<SeedingFixture>
{
    protected override ServerTerms Terms => ServerTerms.MySql84;

    protected override string Configures => "CHANGE REPLICATION SOURCE";

    [SkippableTheory]
    [InlineData("mv", "replication.starting", "after CHANGE REPLICATION SOURCE, before START REPLICA")]
    [InlineData("rm", "replication.starting", "after START REPLICA, before that is noted")]
    public Task F10_a_sidecar_killed_after_its_SQL_ran_resumes_and_replication_stays_whole(string program, string file, string when) =>
        KilledAfterItsSqlAsync(program, file, when);
}
