using Xunit;

namespace Trials.Faults.Xtrabackup;

[Trait("level", "cluster")]
[Trait("suite", "faults")]
public sealed class KubernetesPodFaultTests(PodFaultFixture fixture) : KubernetesPodFaultBehaviour(fixture), IClassFixture<PodFaultFixture>
{
    protected override ServerTerms Terms => ServerTerms.MySql57;
}
