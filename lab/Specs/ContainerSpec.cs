using System.Text.Json.Serialization;

namespace Lab.Specs;

/// <summary>One container of a pod.</summary>
public sealed record ContainerSpec
{
    /// <summary>Its name, unique in the pod.</summary>
    public string Name { get; init; } = "";

    /// <summary>The image reference as written.</summary>
    public string Image { get; init; } = "";

    /// <summary><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>; empty for the default of the image's tag.</summary>
    public string ImagePullPolicy { get; init; } = "";

    /// <summary>Replaces the image's entrypoint; none keeps it.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Replaces the image's default arguments.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Where the program starts; empty for the image's own.</summary>
    public string WorkingDir { get; init; } = "";

    /// <summary>Environment, in order; later ones win and may use earlier ones as <c>$(NAME)</c>.</summary>
    public IReadOnlyList<EnvironmentVariable> Env { get; init; } = [];

    /// <summary>Whole ConfigMaps and Secrets as environment.</summary>
    public IReadOnlyList<EnvironmentSource> EnvFrom { get; init; } = [];

    /// <summary>Ports, by name or number.</summary>
    public IReadOnlyList<ContainerPort> Ports { get; init; } = [];

    /// <summary>Where volumes appear in the container.</summary>
    public IReadOnlyList<VolumeMount> VolumeMounts { get; init; } = [];

    /// <summary>Requests and limits.</summary>
    public ResourceSpec? Resources { get; init; }

    /// <summary>User, group and rights.</summary>
    public SecuritySpec? SecurityContext { get; init; }

    /// <summary>Holds the other two back until it has succeeded once.</summary>
    public ProbeSpec? StartupProbe { get; init; }

    /// <summary>Restarts the container when it fails.</summary>
    public ProbeSpec? LivenessProbe { get; init; }

    /// <summary>Decides whether the pod is published.</summary>
    public ProbeSpec? ReadinessProbe { get; init; }

    /// <summary>What to do before the container is asked to end.</summary>
    public LifecycleSpec? Lifecycle { get; init; }

    /// <summary>The number of a port given by number or by name.</summary>
    /// <exception cref="ClusterException">No port has that name.</exception>
    public int PortNumber(string numberOrName) =>
        int.TryParse(numberOrName, out var number)
            ? number
            : Ports.FirstOrDefault(port => port.Name == numberOrName)?.Number
                ?? throw new ClusterException($"Container {Name} has no port named {numberOrName}.");
}

/// <summary>A port of a container.</summary>
public sealed record ContainerPort
{
    /// <summary>Its name; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its number in the pod.</summary>
    [JsonPropertyName("containerPort")]
    public int Number { get; init; }
}

/// <summary>Where a volume appears in a container.</summary>
public sealed record VolumeMount
{
    /// <summary>The volume's or the claim template's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The path in the container.</summary>
    public string MountPath { get; init; } = "";

    /// <summary>A folder or file in the volume instead of its root.</summary>
    public string SubPath { get; init; } = "";

    /// <summary>Whether writing is refused.</summary>
    public bool ReadOnly { get; init; }
}

/// <summary>Requests and limits, by resource.</summary>
public sealed record ResourceSpec
{
    /// <summary>What the container is sure to get.</summary>
    public IReadOnlyDictionary<string, string> Requests { get; init; } = new Dictionary<string, string>();

    /// <summary>What it cannot exceed.</summary>
    public IReadOnlyDictionary<string, string> Limits { get; init; } = new Dictionary<string, string>();
}

/// <summary>What to do at points of a container's life.</summary>
public sealed record LifecycleSpec
{
    /// <summary>Runs before the container is asked to end, within the grace period.</summary>
    public ProbeSpec? PreStop { get; init; }

    /// <summary>Runs once the container has started; its failure restarts the container.</summary>
    public ProbeSpec? PostStart { get; init; }
}
