using Lab;
using Lab.Manifests;
using Lab.Podman;
using Lab.Processes;

namespace Trials.Instances;

/// <summary>A container beside the pods, in their network and with their names: it stays when they go.</summary>
/// <param name="id">Its podman id.</param>
internal sealed class SideContainer(string id)
{
    private readonly ContainerExec exec = new(new CommandRunner());

    /// <summary>Starts one that does nothing by itself. It goes with its instance.</summary>
    /// <param name="lab">The instance; it has a name server, so a pod runs.</param>
    /// <param name="name">Its name in the instance.</param>
    /// <param name="image">Its image as a pod names it.</param>
    /// <param name="mounts">Folders of this machine, each <c>source</c> and <c>destination</c>.</param>
    public static async Task<SideContainer> StartAsync(TemporaryLab lab, string name, string image, params (string Source, string Destination)[] mounts)
    {
        var domain = LabFolder.Domain;
        var id = await lab.Podman.RunAsync(
        [
            "run", "--detach", "--replace", "--name", $"{lab.Folder.Id}.{name}", "--label", lab.Folder.LabelArgument, "--network", lab.Folder.Id, "--pull", "never",
            "--dns", lab.Cluster.State.DnsAddress, "--dns-search", $"{Manifest.DefaultNamespace}.svc.{domain}", "--dns-option", "ndots:5",
            .. mounts.SelectMany(mount => new[] { "--mount", $"type=bind,source={mount.Source},destination={mount.Destination}" }),
            "--entrypoint", "[\"sleep\"]", await lab.Images.ResolveAsync(image, "IfNotPresent"), "infinity",
        ]);
        return new SideContainer(id.Split('\n')[^1]);
    }

    /// <summary>Its address.</summary>
    public Task<string> AddressAsync(TemporaryLab lab) =>
        lab.Podman.RunAsync("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", id);

    /// <summary>Runs a program in it.</summary>
    public Task<CommandResult> ExecAsync(
        IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken cancel, string? input = null, Action<string>? onLine = null) =>
        exec.RunAsync(id, arguments, input, limit, onLine, cancel);
}
