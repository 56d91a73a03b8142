using System.Collections.Immutable;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Web;

/// <summary>Web servers with an ordinal, a name and a DNS record each: the plainest thing a StatefulSet does.</summary>
public sealed class WebCluster : ComponentResource
{
    private const string PagesVolume = "www";

    private static readonly NamedPort Http = new("web", 80);

    /// <summary>Registers the headless Service and the StatefulSet.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="args">What the cluster is made of.</param>
    /// <param name="options">Options of the component; its children inherit the provider.</param>
    /// <exception cref="ArgumentException">A name or the number of replicas is not usable; the message says what would be.</exception>
    public WebCluster(string name, WebClusterArgs args, ComponentResourceOptions? options = null)
        : base("infra:web:WebCluster", name, args, options)
    {
        var set = args.Name ?? name;
        var identity = new StatefulIdentity(set, args.Service ?? set, args.Namespace, args.Replicas, args.Domain);
        var workload = new OrderedWorkload(name, Workload(identity, args), new ComponentResourceOptions { Parent = this });

        ServiceHost = workload.ServiceName;
        PodHosts = Output.Create(identity.Hosts.ToImmutableArray());
        Image = args.Image.ToOutput();
        RegisterOutputs();
    }

    /// <summary>The name that resolves to all servers that are ready.</summary>
    [Output("serviceHost")]
    public Output<string> ServiceHost { get; private set; }

    /// <summary>Every server's own name, by ordinal.</summary>
    [Output("podHosts")]
    public Output<ImmutableArray<string>> PodHosts { get; private set; }

    /// <summary>The image that the servers run.</summary>
    [Output("image")]
    public Output<string> Image { get; private set; }

    private static OrderedWorkloadArgs Workload(StatefulIdentity identity, WebClusterArgs args) => new()
    {
        Identity = identity,
        Ports = [Http],
        Pod = new PodSpecArgs { Containers = { Server(args) }, AutomountServiceAccountToken = false },
        Claims = args.Storage is null ? [] : [Claim.Template(PagesVolume, args.Storage, args.StorageClass)],
        After = args.After,
        ReadyTimeout = args.ReadyTimeout,
    };

    private static ContainerArgs Server(WebClusterArgs args)
    {
        var probes = new WebProbes(Http, ownPages: args.Storage is not null);
        var container = new ContainerArgs
        {
            Name = "nginx",
            Image = args.Image,
            ImagePullPolicy = args.ImagePullPolicy,
            Ports = { Http.OnContainer() },
            LivenessProbe = probes.Liveness(),
            ReadinessProbe = probes.Readiness(),
        };
        if (args.Storage is not null)
        {
            container.VolumeMounts.Add(new VolumeMountArgs { Name = PagesVolume, MountPath = "/usr/share/nginx/html" });
        }

        return container;
    }
}
