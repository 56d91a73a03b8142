using k8s.Models;
using Trials.Clusters;
using Xunit;

namespace Tests.Trials;

public sealed class PodViewTests
{
    private static readonly DateTime Made = new(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_pod_just_made_has_no_address_and_is_not_ready() => Assert.Equal(
        new PodView("web-0", "a-b", "", false, Made, null, 0, false, ""),
        PodView.Of(new V1Pod { Metadata = Metadata() }));

    [Fact]
    public void A_ready_pod_has_been_so_since_its_condition_changed()
    {
        var pod = new V1Pod { Metadata = Metadata(), Status = new V1PodStatus { PodIP = "10.0.0.7", Conditions = [Ready("True")], ContainerStatuses = [Container(1), Container(2)] } };
        Assert.Equal(new PodView("web-0", "a-b", "10.0.0.7", true, Made, Made.AddSeconds(9), 3, false, ""), PodView.Of(pod));
    }

    [Fact]
    public void A_pod_that_is_unready_has_no_time_of_its_readiness() =>
        Assert.Null(PodView.Of(new V1Pod { Metadata = Metadata(), Status = new V1PodStatus { Conditions = [Ready("False")] } }).ReadyAt);

    [Fact]
    public void A_pod_that_is_being_deleted_terminates()
    {
        var metadata = Metadata();
        metadata.DeletionTimestamp = Made;
        Assert.True(PodView.Of(new V1Pod { Metadata = metadata }).Terminating);
    }

    [Fact]
    public void Says_what_its_containers_wait_for()
    {
        var status = new V1PodStatus { InitContainerStatuses = [Container(0, "PodInitializing")], ContainerStatuses = [Container(0), Container(0, "ImagePullBackOff", "no such image")] };
        Assert.Equal("nginx: PodInitializing nginx: ImagePullBackOff no such image", PodView.Of(new V1Pod { Metadata = Metadata(), Status = status }).Reason);
    }

    private static V1ObjectMeta Metadata() => new() { Name = "web-0", Uid = "a-b", CreationTimestamp = Made };

    private static V1PodCondition Ready(string status) => new() { Type = "Ready", Status = status, LastTransitionTime = Made.AddSeconds(9) };

    private static V1ContainerStatus Container(int restarts, string? waits = null, string? message = null) => new()
    {
        Name = "nginx",
        RestartCount = restarts,
        State = waits is null ? null : new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = waits, Message = message } },
    };
}
