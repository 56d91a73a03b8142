using Lab.Cluster;
using Lab.Cluster.Images;
using Lab.Cluster.Podman;
using Lab.Cluster.Pods;
using Lab.Cluster.Processes;
using Moq;
using Xunit;

namespace Tests.Lab.Cluster;

public class StandInImagesTests
{
    private const string Script = "build.sh";

    private readonly Mock<ICommandRunner> _runner = new(MockBehavior.Strict);
    private readonly List<string> _asked = [];

    public StandInImagesTests() => Answer("podman", new CommandResult(1, "", ""));

    [Theory]
    [InlineData("mysql:5.7", "localhost/statefulset/mysql:5.7", "built a stand-in from Debian's MariaDB 10.11")]
    [InlineData("mysql:8.4", "localhost/statefulset/mysql:8.4", "built a stand-in from Debian's MySQL 9.7")]
    [InlineData("docker.io/library/mysql:9.7", "localhost/statefulset/mysql:9.7", "built a stand-in from Debian's MySQL 9.7")]
    [InlineData("quay.io/coreos/etcd:v3.5.21", "localhost/statefulset/etcd:3.4", "built a stand-in from Debian's etcd 3.4")]
    [InlineData("gcr.io/etcd-development/etcd:v3.6.0", "localhost/statefulset/etcd:3.4", "built a stand-in from Debian's etcd 3.4")]
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

        Assert.Equal(("localhost/statefulset/mysql:8.4", "stand-in from Debian's MySQL 9.7"), await StandIns().FindOrMakeAsync("mysql:8.4"));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_built_and_once()
    {
        Answer("bash", new CommandResult(0, "", ""));
        var images = StandIns();

        await images.FindOrMakeAsync("mysql:5.7");
        await images.FindOrMakeAsync("gcr.io/google-samples/xtrabackup:1.0");
        await images.FindOrMakeAsync("mysql:5.7");
        await images.FindOrMakeAsync("quay.io/coreos/etcd:v3.5.21");
        await images.FindOrMakeAsync("gcr.io/etcd-development/etcd:v3.5.20");

        Assert.Equal(["build.sh mysql:5.7", "build.sh xtrabackup:1.0", "build.sh etcd:3.4"], _asked);
    }

    [Fact]
    public async Task One_that_cannot_be_built_is_named_with_the_reason_and_tried_again()
    {
        Answer("bash", new CommandResult(1, "localhost/statefulset/base:sid  running apt-get update...  2 s\n", "E: 404\nimages: mmdebstrap could not make it\n"));
        var images = StandIns();

        var failure = await Assert.ThrowsAsync<ContainerStartException>(() => images.FindOrMakeAsync("mysql:8.4"));

        Assert.Equal("The stand-in for mysql:8.4 cannot be built: images: mmdebstrap could not make it", failure.Message);
        Answer("bash", new CommandResult(0, "", ""));
        Assert.NotNull(await images.FindOrMakeAsync("mysql:8.4"));
        Assert.Equal(["build.sh mysql:8.4", "build.sh mysql:8.4"], _asked);
    }

    [Fact]
    public async Task An_older_stand_in_serves_when_the_new_one_cannot_be_built()
    {
        Answer("podman", new CommandResult(0, "", ""));
        Answer("bash", new CommandResult(1, "", "E: 404\n"));

        Assert.Equal(("localhost/statefulset/mysql:9.7", "stand-in from Debian's MySQL 9.7"), await StandIns().FindOrMakeAsync("mysql:9.7"));
    }

    [Theory]
    [InlineData("mysql:8.0")]
    [InlineData("docker.io/bitnami/etcd:3.5")]
    [InlineData("quay.io/coreos/etcd@sha256:0123456789abcdef")]
    [InlineData("quay.io/coreos/etcd:v3.5.21@sha256:0123456789abcdef")]
    public async Task Other_images_have_no_stand_in(string reference) => Assert.Null(await StandIns().FindOrMakeAsync(reference));

    private StandInImages StandIns()
    {
        var folder = new LabFolder("test", Path.GetTempPath());
        return new StandInImages(folder, new PodmanClient(folder, _runner.Object), _runner.Object, Script);
    }

    private void Answer(string program, CommandResult result) => _runner
        .Setup(runner => runner.RunAsync(It.Is<Command>(command => command.File == program), It.IsAny<CancellationToken>()))
        .Callback((Command command, CancellationToken _) => Note(command))
        .ReturnsAsync(result);

    private void Note(Command command)
    {
        if (command.File == "bash")
        {
            _asked.Add(string.Join(' ', command.Arguments));
        }
    }
}
