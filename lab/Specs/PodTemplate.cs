namespace Lab.Specs;

/// <summary>A pod template: what each pod of a set is made from.</summary>
public sealed record PodTemplate
{
    /// <summary>Labels and annotations the pods get.</summary>
    public ObjectMetadata Metadata { get; init; } = new();

    /// <summary>What the pods run.</summary>
    public PodSpec Spec { get; init; } = new();
}

/// <summary>The part of an object's metadata that the lab uses.</summary>
public sealed record ObjectMetadata
{
    /// <summary>The object's name; empty in a template.</summary>
    public string Name { get; init; } = "";

    /// <summary>Labels, by name.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations, by name.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a pod runs.</summary>
public sealed record PodSpec
{
    /// <summary>Run one after the other to their end before the others start.</summary>
    public IReadOnlyList<ContainerSpec> InitContainers { get; init; } = [];

    /// <summary>Run side by side for the pod's life.</summary>
    public IReadOnlyList<ContainerSpec> Containers { get; init; } = [];

    /// <summary>What the containers can mount, beside the set's claims.</summary>
    public IReadOnlyList<VolumeSpec> Volumes { get; init; } = [];

    /// <summary>Seconds between asking the containers to end and ending them; 30 by default.</summary>
    public int TerminationGracePeriodSeconds { get; init; } = 30;

    /// <summary>Users and groups for all containers that don't say otherwise.</summary>
    public SecuritySpec? SecurityContext { get; init; }
}
