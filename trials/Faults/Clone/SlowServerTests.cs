using Xunit;

namespace Trials.Faults.Clone;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class SlowServerTests(ReplicaFixture fixture) : SlowServerBehaviour(fixture), IClassFixture<ReplicaFixture>
{
    protected override ServerTerms Terms => ServerTerms.MySql84;
}
