using Lab.Cluster;
using Lab.Cluster.Images;
using Lab.Cluster.Podman;
using Lab.Cluster.Processes;

namespace Lab.Commands;

/// <summary>The local cluster of a stack, put together from its parts.</summary>
internal sealed class LocalLab(string stack)
{
    /// <summary>The folder of the instance.</summary>
    public LabFolder Folder { get; } = LabFolder.Of(ProjectFolder.Root, stack);

    /// <summary>The instance as its users see it.</summary>
    public LabCluster Cluster => new(Folder);

    private static string Program => typeof(LocalLab).Assembly.Location;

    /// <summary>The script that builds the lab's images.</summary>
    public static string ImageScript => Path.Combine(ProjectFolder.Root, "lab", "Images", "build.sh");

    /// <summary>The instance, with pods in it.</summary>
    /// <exception cref="CommandException">Nothing runs.</exception>
    public LabCluster Running() => Cluster is { State.Pods.Count: > 0 } cluster
        ? cluster
        : throw new CommandException($"nothing of stack {stack} runs on this machine; ./dev up --local --stack {stack} starts it", CommandException.Failed);

    /// <summary>Where the instance's images come from.</summary>
    /// <param name="podman">Keeps the images.</param>
    /// <param name="onNote">Called with a line for each image that had to be fetched or made.</param>
    public ImageStore Images(PodmanClient podman, Action<string> onNote) => ImagesOf(Folder, podman, onNote);

    /// <summary>Where the images of any instance come from; see <see cref="Images"/>.</summary>
    public static ImageStore ImagesOf(LabFolder folder, PodmanClient podman, Action<string>? onNote = null) =>
        new(podman, new StandInImages(folder, podman, new CommandRunner(), ImageScript)) { OnNote = onNote ?? (_ => { }) };

    /// <summary>Podman as the instance uses it.</summary>
    public PodmanClient Podman()
    {
        Folder.Create();
        var podman = new PodmanClient(Folder, new CommandRunner());
        podman.Configure();
        return podman;
    }

    /// <summary>Starts the instance's controller unless it runs; one of an older build is replaced, which the pods do not notice.</summary>
    public async Task StartControllerAsync()
    {
        var daemon = new LabDaemon(Folder);
        if (File.GetLastWriteTimeUtc(Program) > File.GetLastWriteTimeUtc(Folder.ControllerPid))
        {
            await daemon.StopAsync();
        }

        if (!daemon.IsAlive)
        {
            await daemon.StartAsync([Environment.ProcessPath!, CopyOfProgram(), ControllerCommand.Name, "--stack", stack]);
        }
    }

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

    /// <summary>Is the instance's controller, until it is told to stop.</summary>
    public Task<int> RunControllerAsync() => new LabDaemon(Folder).RunAsync(podman => Images(podman, Console.Error.WriteLine));
}
