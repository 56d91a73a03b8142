namespace Lab.Specs;

/// <summary>Users, groups and rights of a container or of all containers of a pod.</summary>
public sealed record SecuritySpec
{
    /// <summary>The user's number; the image's own without one.</summary>
    public int? RunAsUser { get; init; }

    /// <summary>The group's number.</summary>
    public int? RunAsGroup { get; init; }

    /// <summary>The group that owns the pod's volumes; only on a pod.</summary>
    public int? FsGroup { get; init; }

    /// <summary>Whether the container's own file system can't be written.</summary>
    public bool ReadOnlyRootFilesystem { get; init; }

    /// <summary>Whether a program may gain rights its parent lacks; yes by default.</summary>
    public bool AllowPrivilegeEscalation { get; init; } = true;

    /// <summary>Whether it has all rights.</summary>
    public bool Privileged { get; init; }

    /// <summary>Capabilities to add and drop.</summary>
    public CapabilitySpec? Capabilities { get; init; }
}

/// <summary>Capabilities to add and drop.</summary>
public sealed record CapabilitySpec
{
    /// <summary>To add, without the CAP_ prefix.</summary>
    public IReadOnlyList<string> Add { get; init; } = [];

    /// <summary>To drop; <c>ALL</c> for every one.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];
}
