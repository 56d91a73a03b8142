using Lab.Images;
using Lab.Podman;
using Lab.Pods;
using Lab.Processes;
using Moq;
using Xunit;

namespace Lab.Tests;

public sealed class StandInImagesTests : IDisposable
{
    private const string Recipes = """
        { "prefix": "localhost/made/", "images": [
          { "name": "db:5", "madeFrom": "one package" }, { "name": "db:8", "madeFrom": "another" }, { "name": "tools:1.0", "madeFrom": "one package" },
          { "name": "etcd:3.4", "madeFrom": "Debian's etcd 3.4", "repositories": ["quay.io/coreos/etcd", "gcr.io/etcd-development/etcd"] } ] }
        """;

    private readonly Mock<ICommandRunner> _runner = new(MockBehavior.Strict);
    private readonly TemporaryFolder _recipes = new();
    private readonly List<string> _asked = [];

    public StandInImagesTests()
    {
        _recipes.Write("recipes.json", Recipes);
        Answer("podman", new CommandResult(1, "", ""));
    }

    public void Dispose() => _recipes.Dispose();

    [Theory]
    [InlineData("db:5", "localhost/made/db:5", "built a stand-in from one package")]
    [InlineData("docker.io/library/db:8", "localhost/made/db:8", "built a stand-in from another")]
    [InlineData("quay.io/coreos/etcd:v3.5.21", "localhost/made/etcd:3.4", "built a stand-in from Debian's etcd 3.4")]
    [InlineData("gcr.io/etcd-development/etcd:v3.6.0", "localhost/made/etcd:3.4", "built a stand-in from Debian's etcd 3.4")]
    [InlineData("db:8@sha256:0123456789abcdef", "localhost/made/db:8", "built a stand-in from another")]
    [InlineData("quay.io/coreos/etcd:v3.5.21@sha256:0123456789abcdef", "localhost/made/etcd:3.4", "built a stand-in from Debian's etcd 3.4")]
    public async Task The_note_says_what_a_stand_in_is_made_of(string reference, string image, string note)
    {
        Answer("bash", new CommandResult(0, "", ""));

        Assert.Equal((image, note), await StandIns().FindOrMakeAsync(reference));
    }

    [Fact]
    public async Task One_that_was_there_is_not_called_built()
    {
        Answer("podman", new CommandResult(0, "", ""));
        Answer("bash", new CommandResult(0, "", ""));

        Assert.Equal(("localhost/made/db:8", "stand-in from another"), await StandIns().FindOrMakeAsync("db:8"));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_built_and_once()
    {
        Answer("bash", new CommandResult(0, "", ""));
        var images = StandIns();

        await images.FindOrMakeAsync("db:5");
        await images.FindOrMakeAsync("gcr.io/samples/tools:1.0");
        await images.FindOrMakeAsync("db:5");
        await images.FindOrMakeAsync("quay.io/coreos/etcd:v3.5.21");
        await images.FindOrMakeAsync("gcr.io/etcd-development/etcd:v3.5.20");

        Assert.Equal(["build.sh db:5", "build.sh tools:1.0", "build.sh etcd:3.4"], _asked);
    }

    [Fact]
    public async Task One_that_cannot_be_built_is_named_with_the_reason_and_tried_again()
    {
        Answer("bash", new CommandResult(1, "localhost/made/base:sid  running apt-get update...  2 s\n", "E: 404\nimages: mmdebstrap could not make it\n"));
        var images = StandIns();

        var failure = await Assert.ThrowsAsync<ContainerStartException>(() => images.FindOrMakeAsync("db:8"));

        Assert.Equal("The stand-in for db:8 cannot be built: images: mmdebstrap could not make it", failure.Message);
        Answer("bash", new CommandResult(0, "", ""));
        Assert.NotNull(await images.FindOrMakeAsync("db:8"));
        Assert.Equal(["build.sh db:8", "build.sh db:8"], _asked);
    }

    [Fact]
    public async Task An_older_stand_in_serves_when_the_new_one_cannot_be_built()
    {
        Answer("podman", new CommandResult(0, "", ""));
        Answer("bash", new CommandResult(1, "", "E: 404\n"));

        Assert.Equal(("localhost/made/db:8", "stand-in from another"), await StandIns().FindOrMakeAsync("db:8"));
    }

    [Theory]
    [InlineData("db:8.0")]
    [InlineData("docker.io/bitnami/etcd:3.5")]
    [InlineData("quay.io/coreos/etcd@sha256:0123456789abcdef")]
    [InlineData("db:9@sha256:0123456789abcdef")]
    [InlineData("db@sha256:0123456789abcdef")]
    [InlineData("localhost:5000/db@sha256:0123456789abcdef")]
    public async Task Other_images_have_no_stand_in(string reference) => Assert.Null(await StandIns().FindOrMakeAsync(reference));

    private StandInImages StandIns()
    {
        var folder = new LabFolder("test", Path.GetTempPath());
        return new StandInImages(folder, new PodmanClient(folder, _runner.Object), _runner.Object, ImageRecipes.Read(_recipes.Root));
    }

    private void Answer(string program, CommandResult result) => _runner
        .Setup(runner => runner.RunAsync(It.Is<Command>(command => command.File == program), It.IsAny<CancellationToken>()))
        .Callback((Command command, CancellationToken _) => Note(command))
        .ReturnsAsync(result);

    private void Note(Command command)
    {
        if (command.File == "bash")
        {
            _asked.Add($"{Path.GetFileName(command.Arguments[0])} {string.Join(' ', command.Arguments.Skip(1))}");
        }
    }
}
