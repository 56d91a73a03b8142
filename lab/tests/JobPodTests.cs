using k8s.Models;
using Lab.Pods;
using Lab.Specs;
using Xunit;

namespace Lab.Tests;

/// <summary>Pods that run to an end.</summary>
public sealed class JobPodTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder root = new();
    private readonly WatchedTime time = new();
    private readonly FakeRuntime runtime;
    private readonly LabFolder folder;
    private Pod? pod;

    public JobPodTests()
    {
        runtime = new FakeRuntime(time);
        folder = LabFolder.Of(root.Root, "test", ".lab");
        folder.Create();
    }

    [Fact]
    public async Task One_whose_containers_have_all_succeeded_has_succeeded_and_gives_its_network_back()
    {
        Start("Never");
        runtime.End("init", 0, 0);
        await UntilAsync(() => pod!.State.Ready);
        runtime.End("main", 0, 0);
        await UntilAsync(() => pod!.State.Containers is [_, { Status: "Terminated" }, _]);
        Assert.Equal(("Running", false), (pod!.State.Phase, pod.State.Ready));
        runtime.End("other", 0, 0);

        await UntilAsync(() => runtime.Calls.Contains("remove"));
        Assert.Equal(("Succeeded", "Completed", false, ""), (pod.State.Phase, pod.State.Reason, pod.State.Ready, pod.State.Message));
        Assert.False(pod.IsGone);
        pod.Delete(TimeSpan.Zero);
        await UntilAsync(() => pod.IsGone);
    }

    [Fact]
    public async Task One_of_which_a_container_has_failed_has_failed_when_all_have_ended()
    {
        Start("Never");
        runtime.End("init", 0, 0);
        runtime.End("main", 0, 3);
        await UntilAsync(() => pod!.State.Containers is [_, { Status: "Terminated" }, _]);
        Assert.Equal("Running", pod!.State.Phase);
        runtime.End("other", 0, 0);

        await UntilAsync(() => pod.State.IsFinished);
        Assert.Equal(("Failed", "Error", "Container main ended with exit code 3"), (pod.State.Phase, pod.State.Reason, pod.State.Message));
        Assert.DoesNotContain("start main.1", runtime.Calls);
    }

    [Fact]
    public async Task Where_an_init_container_fails_no_other_begins()
    {
        Start("Never");
        runtime.End("init", 0, 1);
        await UntilAsync(() => pod!.State.Phase == "Failed");
        Assert.DoesNotContain("start main.0", runtime.Calls);
    }

    [Fact]
    public async Task OnFailure_starts_what_failed_again_in_its_place_and_what_succeeded_not()
    {
        Start("OnFailure");
        runtime.End("init", 0, 0);
        runtime.End("main", 0, 3);
        runtime.End("other", 0, 0);
        await UntilAsync(() => runtime.Calls.Contains("start main.1"));
        runtime.End("main", 1, 0);

        await UntilAsync(() => pod!.State.Phase == "Succeeded");
        Assert.DoesNotContain("start other.1", runtime.Calls);
        Assert.Equal(1, pod!.State.Restarts);
    }

    [Fact]
    public async Task One_that_has_ended_is_not_run_by_a_new_controller()
    {
        Start("Never");
        runtime.End("init", 0, 1);
        await UntilAsync(() => runtime.Calls.Contains("remove"));
        await pod!.DisposeAsync();
        runtime.Calls.Clear();

        pod = new Pod(PodRecord.LoadAll(folder).Single(), folder, new PodContext(runtime, time, () => { }, (_, _) => { }), new State.PodState());

        await UntilAsync(() => runtime.Calls.Contains("remove"));
        Assert.Equal(["remove"], runtime.Calls);
        Assert.Equal("Failed", pod.State.Phase);
    }

    [Fact]
    public void Its_claims_are_those_it_names_and_its_own()
    {
        var spec = JobSpec.Read(JobManifests.Job()) with
        {
            Template = PodDefaults.Fill(new V1PodTemplateSpec
            {
                Spec = new V1PodSpec
                {
                    Volumes =
                    [
                        new V1Volume { Name = "data", PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = "data-db-0", ReadOnlyProperty = true } },
                        new V1Volume { Name = "scratch", Ephemeral = new V1EphemeralVolumeSource { VolumeClaimTemplate = new V1PersistentVolumeClaimTemplate() } },
                        new V1Volume { Name = "tmp", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity("1Gi") } },
                    ],
                },
            }),
        };

        var record = PodRecord.Create(spec, "uid", default);

        Assert.Equal(new Dictionary<string, string> { ["data"] = "data-db-0", ["scratch"] = $"{record.Name}-scratch" }, record.Claims);
        Assert.Equal(["data-db-0"], record.NamedClaims);
        Assert.Equal([$"{record.Name}-scratch"], record.OwnClaims);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (pod is not null)
        {
            await pod.DisposeAsync();
        }
    }

    public void Dispose() => root.Dispose();

    private void Start(string policy)
    {
        var template = PodDefaults.Fill(new V1PodTemplateSpec
        {
            Spec = new V1PodSpec
            {
                RestartPolicy = policy,
                InitContainers = [new V1Container { Name = "init" }],
                Containers = [new V1Container { Name = "main" }, new V1Container { Name = "other" }],
            },
        });
        var record = PodRecord.Create(JobManifests.Spec(policy: policy) with { Template = template }, "uid", time.GetUtcNow());
        record.Save(folder);
        pod = new Pod(record, folder, new PodContext(runtime, time, () => { }, (_, _) => { }));
    }

    private async Task UntilAsync(Func<bool> isTrue)
    {
        for (var tries = 0; !isTrue() && tries < 1000; tries++)
        {
            await Task.Delay(10);
        }

        Assert.True(isTrue(), $"{pod?.State.Phase} {pod?.State.Reason}; {string.Join(", ", runtime.Calls)}");
    }
}
