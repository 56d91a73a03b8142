using Xunit;

namespace Trials.Faults.Xtrabackup;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class SlowServerTests(ReplicaFixture fixture) : SlowServerBehaviour(fixture), IClassFixture<ReplicaFixture>
{
    protected override ServerTerms Terms => ServerTerms.MySql57;
}
