using Infra.Arguments;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>What a container asks for, and what it may not exceed.</summary>
internal static class ContainerResources
{
    /// <summary>Requests, and limits where there are some.</summary>
    /// <param name="cpu">The processor time that is kept free for it.</param>
    /// <param name="memory">The memory that is kept free for it.</param>
    /// <param name="cpuLimit">The processor time that it gets at most; none by default, as a limit only slows a server down on a node that is idle.</param>
    /// <param name="memoryLimit">The memory with which it is killed; none by default.</param>
    public static ResourceRequirementsArgs Of(Input<string> cpu, Input<string> memory, Input<string>? cpuLimit = null, Input<string>? memoryLimit = null)
    {
        var resources = new ResourceRequirementsArgs { Requests = { ["cpu"] = cpu, ["memory"] = memory } };
        if (cpuLimit is not null)
        {
            resources.Limits.Add("cpu", cpuLimit);
        }

        if (memoryLimit is not null)
        {
            resources.Limits.Add("memory", memoryLimit);
        }

        return resources;
    }

    /// <summary>Why a limit cannot stand beside a request, which the API server would refuse; nothing when it can, or when one of them is not there yet.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="request">The request.</param>
    /// <param name="key">Where the request is said.</param>
    public static string? LimitProblem(Input<string>? limit, Input<string> request, string key) =>
        Known.TryGet(limit, out var most) && Known.TryGet(request, out var least) && Quantity.Value(most) is { } above && Quantity.Value(least) is { } below && above < below
            ? $"{most} is less than the {least} that the server asks for ({key}); a limit is at least as much"
            : null;
}
