using Xunit;

namespace Trials.Faults.Xtrabackup;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class RollTests : RollBehaviour
{
    protected override ServerTerms Terms => ServerTerms.MySql57;
}
