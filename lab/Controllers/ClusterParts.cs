using Lab.Dns;
using Lab.Images;
using Lab.Podman;
using Lab.Pods;
using Lab.Probes;
using Lab.Processes;
using Lab.Specs;

namespace Lab.Controllers;

/// <summary>The parts of a running instance, made once and connected.</summary>
internal sealed class ClusterParts
{
    private readonly LabFolder _folder;
    private readonly ContainerStart _start;
    private readonly ProbeRunner _probes;
    private PodmanPods? _pods;

    public ClusterParts(LabFolder folder, Func<PodmanClient, IImages> images, Func<DesiredCluster> objects, TimeProvider time)
    {
        _folder = folder;
        var runner = new CommandRunner();
        Podman = new PodmanClient(folder, runner);
        Dns = new Dnsmasq(folder, runner);
        Claims = new ClaimStore(folder, Podman, runner);
        Volumes = new PodVolumes(folder, Claims, runner, objects);
        _start = new ContainerStart(folder, Podman, Volumes, images(Podman), objects, time);
        _probes = new ProbeRunner(new ContainerExec(runner, swift: true));
    }

    public PodmanClient Podman { get; }

    public Dnsmasq Dns { get; }

    public ClaimStore Claims { get; }

    public PodVolumes Volumes { get; }

    /// <summary>What runs the pods, once there is a network for them.</summary>
    public PodmanPods Pods => _pods ?? throw new InvalidOperationException("The pods' network is not known yet.");

    public void Connect(PodNetwork network) => _pods = new PodmanPods(_folder, Podman, network, Volumes, _start, _probes);
}
