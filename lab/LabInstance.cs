using Lab.Commands;
using Lab.Controllers;
using Lab.Images;
using Lab.Podman;
using Lab.Processes;

namespace Lab;

/// <summary>An instance of the lab, put together from its parts.</summary>
/// <param name="folder">The instance's folder.</param>
/// <param name="recipes">What images can be built where no registry answers; none where it is left out.</param>
public sealed class LabInstance(LabFolder folder, ImageRecipes? recipes = null)
{
    /// <summary>The folder of the instance.</summary>
    public LabFolder Folder { get; } = folder;

    /// <summary>The instance as its users see it.</summary>
    public LabCluster Cluster => new(Folder);

    private static string Program => typeof(LabInstance).Assembly.Location;

    /// <summary>Where the instance's images come from.</summary>
    /// <param name="podman">Keeps the images.</param>
    /// <param name="onNote">Called with a line for each image that had to be fetched or made.</param>
    public ImageStore Images(PodmanClient podman, Action<string>? onNote = null) =>
        new(podman, recipes is null ? null : new StandInImages(Folder, podman, new CommandRunner(), recipes)) { OnNote = onNote ?? (_ => { }) };

    /// <summary>Podman as the instance uses it.</summary>
    public PodmanClient Podman()
    {
        Folder.Create();
        var podman = new PodmanClient(Folder, new CommandRunner());
        podman.Configure();
        return podman;
    }

    /// <summary>
    /// Starts the instance's controller unless it runs; one of an older build, with other recipes or with an older list of them is replaced, which the
    /// pods do not notice.
    /// </summary>
    public async Task StartControllerAsync()
    {
        var daemon = new LabDaemon(Folder);
        var arguments = ControllerCommand.Arguments(Folder, recipes);
        if (ControllerLock.Holder(Folder) is not { } holder || IsOutdated(holder.CommandLine(), arguments, File.GetLastWriteTimeUtc(Folder.ControllerPid)))
        {
            await daemon.StopAsync().ConfigureAwait(false);
            await daemon.StartAsync(["dotnet", CopyOfProgram(), .. arguments]).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a controller that runs is not the one that would be started now.</summary>
    /// <param name="running">Its command line.</param>
    /// <param name="wanted">What that would end in.</param>
    /// <param name="since">When it was started.</param>
    internal bool IsOutdated(IReadOnlyList<string> running, IReadOnlyList<string> wanted, DateTime since) =>
        !running.TakeLast(wanted.Count).SequenceEqual(wanted)
        || new[] { Program, recipes?.List }.OfType<string>().Any(file => File.GetLastWriteTimeUtc(file) > since);

    /// <summary>Is the instance's controller within this process, until it is cancelled; for tests.</summary>
    public Task ControlAsync(CancellationToken stop) => new ClusterController(Folder, podman => Images(podman)).RunAsync(stop);

    /// <summary>Is the instance's controller as a process of its own, until it is told to stop.</summary>
    public Task<int> RunControllerAsync() => new LabDaemon(Folder).RunAsync(podman => Images(podman, Console.Error.WriteLine));

    /// <summary>The controller runs from files of its own: a build would overwrite those it was started from under its feet.</summary>
    private string CopyOfProgram()
    {
        var (from, to) = (Path.GetDirectoryName(Program)!, Folder.Program);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return Path.Combine(to, Path.GetFileName(Program));
    }
}
