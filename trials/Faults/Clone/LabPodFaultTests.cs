using Xunit;

namespace Trials.Faults.Clone;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class LabPodFaultTests(PodFaultFixture fixture) : LabPodFaultBehaviour(fixture), IClassFixture<PodFaultFixture>
{
    protected override ServerTerms Terms => ServerTerms.MySql84;
}
