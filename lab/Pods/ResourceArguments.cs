using System.Globalization;
using k8s.Models;

namespace Lab.Pods;

/// <summary>Podman's arguments for requests and limits.</summary>
internal static class ResourceArguments
{
    /// <summary>Limits bind; a request for processor time is a share, as the kubelet makes it; a request for memory has no effect.</summary>
    public static IReadOnlyList<string> Of(V1ResourceRequirements resources)
    {
        var arguments = new List<string>();
        if (resources.Limits.AsReadOnly().GetValueOrDefault("memory") is { } memory)
        {
            arguments.AddRange(["--memory", string.Create(CultureInfo.InvariantCulture, $"{(long)memory.ToDecimal()}b")]);
        }

        if (resources.Limits.AsReadOnly().GetValueOrDefault("cpu") is { } cores)
        {
            arguments.AddRange(["--cpus", cores.ToDecimal().ToString(CultureInfo.InvariantCulture)]);
        }

        if (resources.Requests.AsReadOnly().GetValueOrDefault("cpu") is { } share)
        {
            arguments.AddRange(["--cpu-shares", string.Create(CultureInfo.InvariantCulture, $"{Math.Max(2, (int)(share.ToDecimal() * 1024))}")]);
        }

        return arguments;
    }
}
