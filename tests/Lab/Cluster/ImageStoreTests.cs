using Lab.Cluster;
using Lab.Cluster.Images;
using Lab.Cluster.Podman;
using Lab.Cluster.Pods;
using Lab.Cluster.Processes;
using Moq;
using Xunit;

namespace Tests.Lab.Cluster;

public class ImageStoreTests
{
    private readonly Mock<ICommandRunner> _runner = new(MockBehavior.Strict);
    private readonly List<string> _asked = [];

    [Theory]
    [InlineData("mysql:8.4", "localhost/mysql:8.4")]
    [InlineData("mysql:8.4", "docker.io/library/mysql:8.4")]
    [InlineData("team/mysql:8.4", "docker.io/team/mysql:8.4")]
    [InlineData("registry.example/team/mysql:8.4", "registry.example/team/mysql:8.4")]
    public async Task An_image_of_this_machine_is_taken_under_its_whole_name(string reference, string name)
    {
        OnThisMachine(name);

        Assert.Equal(name, await Store().ResolveAsync(reference, "IfNotPresent"));
    }

    [Fact]
    public async Task A_name_without_registry_is_never_left_to_podman_to_complete()
    {
        OnThisMachine();

        await Assert.ThrowsAsync<ContainerStartException>(() => Store().ResolveAsync("shop:1", "Never"));

        Assert.Equal(["localhost/shop:1", "docker.io/library/shop:1"], _asked);
    }

    [Fact]
    public async Task A_stand_in_that_is_there_needs_no_pull()
    {
        OnThisMachine("localhost/statefulset/mysql:8.4");

        Assert.Equal("localhost/statefulset/mysql:8.4", await Store().ResolveAsync("mysql:8.4", "Never"));
    }

    [Fact]
    public async Task Without_it_a_policy_of_Never_builds_none()
    {
        OnThisMachine();

        var failure = await Assert.ThrowsAsync<ContainerStartException>(() => Store().ResolveAsync("mysql:8.4", "Never"));

        Assert.Equal("Image mysql:8.4 is not on this machine, and imagePullPolicy is Never.", failure.Message);
    }

    private ImageStore Store()
    {
        var folder = new LabFolder("test", Path.GetTempPath());
        var podman = new PodmanClient(folder, _runner.Object);
        return new ImageStore(podman, new StandInImages(folder, podman, _runner.Object, "build.sh"));
    }

    private void OnThisMachine(params string[] names) => _runner
        .Setup(runner => runner.RunAsync(It.Is<Command>(command => command.File == "podman"), It.IsAny<CancellationToken>()))
        .Returns((Command command, CancellationToken _) =>
        {
            var name = command.Arguments[^1];
            _asked.Add(name);
            return Task.FromResult(new CommandResult(names.Contains(name) ? 0 : 1, "", ""));
        });
}
