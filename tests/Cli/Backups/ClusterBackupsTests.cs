using Cli.Backups;
using Cli.Clusters;
using k8s.Models;
using Lab.Commands;
using Lab.Manifests;
using Tests.Cli.Clusters;
using Xunit;

namespace Tests.Cli.Backups;

/// <summary>A Job of backups on a real cluster, here one within the test, is watched to its end.</summary>
public sealed class ClusterBackupsTests : IDisposable
{
    private const string Jobs = "/apis/batch/v1/namespaces/databases/jobs";
    private const string GoesOn = "Job shop-look-4jd8s goes on: kubectl --context here -n databases logs -f job/shop-look-4jd8s";

    private readonly FakeApiServer server = new();

    public ClusterBackupsTests() => server
        .With(Jobs, new V1Job())
        .With("/api/v1/namespaces/databases/pods", new V1PodList { Items = [Pod()] })
        .WithText("/api/v1/namespaces/databases/pods/shop-look-4jd8s-x/log", "a line\nanother\n");

    public void Dispose() => server.Dispose();

    [Theory]
    [InlineData("Complete", true)]
    [InlineData("Failed", false)]
    public async Task Its_lines_are_told_and_how_it_ended(string condition, bool succeeded)
    {
        HasCome(condition);
        var lines = new List<string>();
        Assert.Equal(succeeded, await RunAsync(lines.Add, default));
        Assert.Equal(["a line", "another"], lines);
    }

    [Fact]
    public async Task Of_one_that_takes_too_long_it_is_said_where_to_look()
    {
        HasCome(null);
        var late = await Assert.ThrowsAsync<CommandException>(() => RunAsync(_ => { }, default, TimeSpan.Zero));
        Assert.Equal((1, $"it is not over after 0 min; {GoesOn}"), (late.ExitCode, late.Message));
    }

    [Fact]
    public async Task So_it_is_of_one_whose_cluster_answers_no_more()
    {
        server.Refusing($"{Jobs}/shop-look-4jd8s/status");
        var away = await Assert.ThrowsAsync<CommandException>(() => RunAsync(_ => { }, default));
        Assert.EndsWith($"somebody cannot do this; {GoesOn}", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_it_is_for_one_who_interrupts_it()
    {
        HasCome(null);
        using var interrupt = new CancellationTokenSource();
        var interrupted = await Assert.ThrowsAsync<CommandException>(() => RunAsync(_ => interrupt.Cancel(), interrupt.Token));
        Assert.Equal($"interrupted; {GoesOn}", interrupted.Message);
    }

    private static V1Pod Pod() => new()
    {
        Metadata = new V1ObjectMeta { Name = "shop-look-4jd8s-x" },
        Status = new V1PodStatus { ContainerStatuses = [new V1ContainerStatus { Name = "backup", Image = "mysql", ImageID = "", State = new V1ContainerState { Running = new V1ContainerStateRunning() } }] },
    };

    private void HasCome(string? condition) => server.With($"{Jobs}/shop-look-4jd8s/status", new V1Job
    {
        Status = new V1JobStatus { Conditions = condition is null ? null : [new V1JobCondition { Type = condition, Status = "True" }] },
    });

    private async Task<bool> RunAsync(Action<string> onLine, CancellationToken cancel, TimeSpan? limit = null)
    {
        using var connection = ClusterConnection.Open(server.Kubeconfig, null, TimeSpan.FromSeconds(60));
        return await new ClusterBackups(connection, "databases").RunAsync(
            Manifest.Parse("""{ "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "shop-look-4jd8s", "namespace": "databases" }, "spec": { "template": {} } }"""), onLine, limit ?? TimeSpan.FromMinutes(1), cancel);
    }
}
