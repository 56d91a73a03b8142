using Lab.Images;
using Lab.Podman;
using Lab.Pods;
using Lab.Processes;
using Moq;
using Xunit;

namespace Lab.Tests;

public sealed class ImageStoreTests : IDisposable
{
    private readonly TemporaryFolder _recipes = new();
    private readonly Mock<ICommandRunner> _runner = new(MockBehavior.Strict);
    private readonly List<string> _asked = [];

    public ImageStoreTests() => _recipes.Write("recipes.json", """{ "prefix": "localhost/made/", "images": [{ "name": "db:8.4", "madeFrom": "packages" }] }""");

    public void Dispose() => _recipes.Dispose();

    [Theory]
    [InlineData("db:8.4", "localhost/db:8.4")]
    [InlineData("db:8.4", "docker.io/library/db:8.4")]
    [InlineData("team/db:8.4", "docker.io/team/db:8.4")]
    [InlineData("registry.example/team/db:8.4", "registry.example/team/db:8.4")]
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
        OnThisMachine("localhost/made/db:8.4");

        Assert.Equal("localhost/made/db:8.4", await Store().ResolveAsync("db:8.4", "Never"));
    }

    [Fact]
    public async Task Without_it_a_policy_of_Never_builds_none()
    {
        OnThisMachine();

        var failure = await Assert.ThrowsAsync<ContainerStartException>(() => Store().ResolveAsync("db:8.4", "Never"));

        Assert.Equal("Image db:8.4 is not on this machine, and imagePullPolicy is Never.", failure.Message);
    }

    private ImageStore Store()
    {
        var folder = new LabFolder("test", Path.GetTempPath());
        var podman = new PodmanClient(folder, _runner.Object);
        return new ImageStore(podman, new StandInImages(folder, podman, _runner.Object, ImageRecipes.Read(_recipes.Root)));
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
