using System.Security.Cryptography;
using System.Text;

namespace Lab;

/// <summary>Where one instance of the lab keeps its files, and how it names what it makes.</summary>
/// <param name="Id">The instance: its name and a short hash of the folder that it belongs to, so that two of one name don't meet.</param>
/// <param name="Path">The folder; readable by its owner only, because it holds secrets.</param>
public sealed record LabFolder(string Id, string Path)
{
    /// <summary>The label that everything an instance makes carries; its value is <see cref="Id"/>.</summary>
    public const string Label = "statefulset.lab";

    /// <summary>The domain of the cluster's names.</summary>
    public const string Domain = "cluster.local";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Podman's configuration for this lab.</summary>
    public string PodmanConfiguration => File("containers.conf");

    /// <summary>What is wanted: written by clients.</summary>
    public string Desired => File("desired.json");

    /// <summary>What is: written by the controller.</summary>
    public string State => File("state.json");

    /// <summary>Requests to the controller, one file each.</summary>
    public string Requests => File("requests");

    /// <summary>Held by the controller as long as it lives.</summary>
    public string Lock => File("controller.lock");

    /// <summary>The controller's process.</summary>
    public string ControllerPid => File("controller.pid");

    /// <summary>What the controller says.</summary>
    public string ControllerLog => File("controller.log");

    /// <summary>The controller's own copy of the program.</summary>
    public string Program => File("program");

    /// <summary>One folder a pod, by uid: its record, its volumes, its logs.</summary>
    public string Pods => File("pods");

    /// <summary>One file a Job, by uid: how far it is.</summary>
    public string Jobs => File("jobs");

    /// <summary>Images of claims made with a size of their own.</summary>
    public string Disks => File("disks");

    /// <summary>The name server's records.</summary>
    public string DnsRecords => File("dns.hosts");

    /// <summary>The name server's process.</summary>
    public string DnsPid => File("dns.pid");

    /// <summary>The label as podman takes it.</summary>
    public string LabelArgument => $"{Label}={Id}";

    /// <summary>The folder of an instance below the one that it belongs to.</summary>
    /// <param name="owner">The folder that it belongs to.</param>
    /// <param name="name">What people call the instance.</param>
    /// <param name="below">Where instances are kept there.</param>
    public static LabFolder Of(string owner, string name, string below)
    {
        var full = System.IO.Path.GetFullPath(owner);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..6];
        var id = $"{name}-{hash}";
        return new LabFolder(id, System.IO.Path.Combine(full, below, id));
    }

    /// <summary>The podman name of an object of this instance.</summary>
    public string NameOf(string @namespace, string name) =>
        @namespace == Manifests.Manifest.DefaultNamespace ? $"{Id}.{name}" : $"{Id}.{@namespace}.{name}";

    /// <summary>The folder of one pod.</summary>
    public string Pod(string uid) => System.IO.Path.Combine(Pods, uid);

    /// <summary>Makes the folders.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Path, OwnerOnly);
        Directory.CreateDirectory(Requests, OwnerOnly);
        Directory.CreateDirectory(Pods, OwnerOnly);
        Directory.CreateDirectory(Jobs, OwnerOnly);
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
