using Xunit;

namespace Trials.Faults;

/// <summary>The sidecar is killed between the steps that make a copy a replica.</summary>
public abstract class SidecarBehaviour(SeedingFixture fixture)
{
    /// <summary>Which servers.</summary>
    protected abstract ServerTerms Terms { get; }

    /// <summary>The first words of the statement that tells a replica whom to follow.</summary>
    protected abstract string Configures { get; }

    [SkippableFact]
    public async Task F09_a_sidecar_killed_before_its_SQL_ran_resumes_from_the_same_coordinates()
    {
        var (lab, sidecar) = await HeldInSidecarAsync("mysql", $$"""
            statements=$(cat)
            [[ $statements != *"{{Configures}}"* ]] || { {{LabContainer.Hold}}; }
            printf '%s\n' "$statements" | "$real" "$@"
            """);
        Assert.Equal(string.Empty, await lab.Cluster.SqlAsync("mysql-1", Terms.ShowReplication));
        await ResumesAsync(lab, sidecar);
    }

    /// <summary>F10: the sidecar is killed at a call of a program, when its SQL has run but not all that follows.</summary>
    /// <param name="program">The program.</param>
    /// <param name="file">What is among the call's arguments.</param>
    /// <param name="when">For the message of a failure.</param>
    protected async Task KilledAfterItsSqlAsync(string program, string file, string when)
    {
        var (lab, sidecar) = await HeldInSidecarAsync(program, $$"""
            [[ "$*" == *{{file}}* && "$*" != *.new* ]] || exec "$real" "$@"
            {{LabContainer.Hold}}
            """);
        Assert.True((await lab.Cluster.SqlAsync("mysql-1", Terms.ShowReplication)).Contains("mysql-0.mysql", StringComparison.Ordinal), when);
        await ResumesAsync(lab, sidecar);
    }

    /// <summary>What else holds when the killed sidecar has resumed.</summary>
    private protected virtual Task ResumedAsync(FaultLab lab) => Task.CompletedTask;

    // The server stands still until the sidecar's program is in place; the sidecar can do nothing without it.
    private async Task<(FaultLab Lab, LabContainer Sidecar)> HeldInSidecarAsync(string program, string script)
    {
        var lab = await fixture.AloneAsync(this, Terms);
        lab.Lab.Scale(FaultLab.Set, 2);
        var server = await lab.RunningAsync("mysql-1", "mysql");
        LabContainer.Freeze(server.Process);
        var sidecar = await lab.RunningAsync("mysql-1", Terms.Sidecar);
        sidecar.Replace(program, script);
        LabContainer.Thaw(server.Process);
        await sidecar.HeldAsync();
        return (lab, sidecar);
    }

    private async Task ResumesAsync(FaultLab lab, LabContainer sidecar)
    {
        await lab.WriteAsync();
        await lab.KillAsync(sidecar);
        await lab.SeededAsync();
        Assert.Equal(sidecar.Restarts + 1, lab.Container("mysql-1", Terms.Sidecar)!.Restarts);
        Assert.Equal(0, lab.Container("mysql-1", "mysql")!.Restarts);
        await ResumedAsync(lab);
    }
}
