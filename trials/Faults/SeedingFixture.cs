using Xunit;

namespace Trials.Faults;

/// <summary>A primary with data, from which each test of a class seeds replicas of its own.</summary>
public class SeedingFixture : IAsyncLifetime
{
    private FaultLab? lab;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (lab is not null)
        {
            await lab.DisposeAsync();
        }
    }

    /// <summary>The primary alone: no replica, no replica's data, and a sidecar whose programs are the image's.</summary>
    internal async Task<FaultLab> AloneAsync(object test, ServerTerms terms, bool hasty = true)
    {
        if (lab is null)
        {
            lab = await StartAsync(test, terms, hasty);
            await lab.LoadAsync();
            return lab;
        }

        lab.Lab.UnblockNames();
        foreach (var pod in lab.Lab.State.Pods.Where(pod => pod.Ordinal > 0))
        {
            lab.Lab.DeletePod(pod.Name, TimeSpan.Zero);
        }

        await lab.ScaleAsync(1);
        foreach (var claim in (await lab.Lab.ClaimsAsync()).Where(claim => claim.Name != "data-mysql-0" && Directory.Exists(claim.Path)))
        {
            await lab.EmptyClaimAsync(claim.Name["data-".Length..]);
        }

        if (terms.Profile.Seeding.BackupPort is not null)
        {
            // Tests change the programs of what gives backups.
            var sidecar = await lab.RunningAsync("mysql-0", terms.Sidecar);
            await lab.KillAsync(sidecar);
            await lab.RunningAsync("mysql-0", terms.Sidecar, sidecar.Restarts + 1);
        }

        await lab.ReadyAsync(1);
        return lab;
    }

    private protected virtual Task<FaultLab> StartAsync(object test, ServerTerms terms, bool hasty) => FaultLab.StartAsync(test, terms, 1, hasty: hasty);
}
