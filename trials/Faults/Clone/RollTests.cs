using Xunit;

namespace Trials.Faults.Clone;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class RollTests : RollBehaviour
{
    protected override ServerTerms Terms => ServerTerms.MySql84;
}
