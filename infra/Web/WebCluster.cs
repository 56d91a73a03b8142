using System.Collections.Immutable;
using Infra.Arguments;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Web;

/// <summary>Web servers with an ordinal, a name and a DNS record each: the plainest thing a StatefulSet does.</summary>
public sealed class WebCluster : ComponentResource
{
    /// <summary>The name of a pod's only container.</summary>
    internal const string Container = "nginx";

    /// <summary>What a pod has that its user's settings may speak of or not take.</summary>
    internal static readonly PodContents Contents = new([Container], [PagesVolume, WritableFolders.VolumeName], []);

    private const string PagesVolume = "www";

    private static readonly NamedPort Http = new("web", 80);

    /// <summary>Registers the headless Service and the StatefulSet.</summary>
    /// <param name="name">The name in the stack; the children's names begin with it.</param>
    /// <param name="args">What the cluster is made of.</param>
    /// <param name="options">Options of the component. Its children inherit the provider; what it depends on, such as a namespace, they wait for.</param>
    /// <exception cref="InvalidArgumentsException">
    /// An argument cannot be used; the message has all that is wrong and what would be right. Nothing has been registered.
    /// </exception>
    public WebCluster(string name, WebClusterArgs args, ComponentResourceOptions? options = null)
        : base(ComponentType.Of<WebCluster>(), name, Checked(name, args), ComponentType.Options("infra:web:WebCluster", options))
    {
        var set = args.Name ?? name;
        var identity = new StatefulIdentity(set, args.Service ?? set, args.Replicas ?? WebDefaults.Replicas);
        Workload = new OrderedWorkload(name, Ordered(identity, args), new ComponentResourceOptions { Parent = this });

        Reader = WorkloadScope.InCluster(identity.Service, Workload.Service, args.Domain).Apply(host => new Endpoint(host, Http.Number));
        PodHosts = Output.All(identity.Hosts.Select(host => WorkloadScope.InCluster(host, Workload.Service, args.Domain)));
        Image = args.Image is { } image ? image.ToOutput() : Output.Create(WebDefaults.Image);
        RegisterOutputs();
    }

    /// <summary>Where readers connect: a name that resolves to all servers that are ready.</summary>
    [Output("reader")]
    public Output<Endpoint> Reader { get; private set; }

    /// <summary>Every server's own name as the whole cluster knows it, by ordinal.</summary>
    [Output("podHosts")]
    public Output<ImmutableArray<string>> PodHosts { get; private set; }

    /// <summary>The image that the servers run.</summary>
    [Output("image")]
    public Output<string> Image { get; private set; }

    /// <summary>The headless Service, the NetworkPolicy, the PodDisruptionBudget and the StatefulSet.</summary>
    public OrderedWorkload Workload { get; }

    private static WebClusterArgs Checked(string name, WebClusterArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentChecks.Require($"{nameof(WebCluster)} \"{name}\"", args.Problems(name));
        return args;
    }

    private static OrderedWorkloadArgs Ordered(StatefulIdentity identity, WebClusterArgs args)
    {
        var ordered = new OrderedWorkloadArgs
        {
            Name = identity.Name,
            Service = identity.Service,
            Namespace = args.Namespace,
            Replicas = identity.Replicas,
            Application = "nginx",
            Component = "web",
            Ports = [Http],
            Spec = new PodSpecArgs
            {
                Containers = { Server(args) },
                Volumes = { WritableFolders.Volume },
                AutomountServiceAccountToken = false,
                SecurityContext = RestrictedSecurity.Pod(WebDefaults.User, lowPorts: true),
            },
            Pod = args.Pod,
            Update = args.Update,
            Network = args.Network,
            DisruptionBudget = args.DisruptionBudget,
            TimeoutMinutes = args.TimeoutMinutes,
        };
        if (args.Storage is { } storage)
        {
            ordered.Claims = [Claim.Template(PagesVolume, storage, args.StorageClass, args.AccessMode)];
        }

        return ordered;
    }

    private static ContainerArgs Server(WebClusterArgs args)
    {
        var probes = new WebProbes(Http, ownPages: args.Storage is not null);
        var container = new ContainerArgs
        {
            Name = Container,
            Image = args.Image ?? WebDefaults.Image,
            ImagePullPolicy = args.ImagePullPolicy,
            Ports = { Http.OnContainer() },
            Resources = WebDefaults.Resources(args),
            LivenessProbe = probes.Liveness(),
            ReadinessProbe = probes.Readiness(),
        };
        // Its process id, and what it puts aside of requests and answers.
        foreach (var path in (string[])["/tmp", "/run", "/var/cache/nginx"])
        {
            container.VolumeMounts.Add(WritableFolders.Of(Container, path));
        }

        if (args.Storage is not null)
        {
            container.VolumeMounts.Add(new VolumeMountArgs { Name = PagesVolume, MountPath = "/usr/share/nginx/html" });
        }

        return container;
    }
}
