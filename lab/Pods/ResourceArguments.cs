using System.Globalization;
using Lab.Specs;

namespace Lab.Pods;

/// <summary>Podman's arguments for requests and limits.</summary>
internal static class ResourceArguments
{
    /// <summary>Limits bind; a request for processor time is a share, as the kubelet makes it; a request for memory has no effect.</summary>
    public static IReadOnlyList<string> Of(ResourceSpec? resources)
    {
        var arguments = new List<string>();
        if (resources?.Limits.GetValueOrDefault("memory") is { } memory)
        {
            arguments.AddRange(["--memory", string.Create(CultureInfo.InvariantCulture, $"{(long)Quantity.Parse(memory)}b")]);
        }

        if (resources?.Limits.GetValueOrDefault("cpu") is { } cores)
        {
            arguments.AddRange(["--cpus", Quantity.Parse(cores).ToString(CultureInfo.InvariantCulture)]);
        }

        if (resources?.Requests.GetValueOrDefault("cpu") is { } share)
        {
            arguments.AddRange(["--cpu-shares", string.Create(CultureInfo.InvariantCulture, $"{Math.Max(2, (int)(Quantity.Parse(share) * 1024))}")]);
        }

        return arguments;
    }
}
