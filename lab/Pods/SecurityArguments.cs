using System.Globalization;
using k8s.Models;

namespace Lab.Pods;

/// <summary>Podman's arguments for a security context.</summary>
internal static class SecurityArguments
{
    /// <summary>A container's own settings win over its pod's.</summary>
    /// <exception cref="ClusterException">They ask for what the lab does not have.</exception>
    public static IReadOnlyList<string> Of(V1PodSecurityContext? pod, V1SecurityContext? container)
    {
        var arguments = new List<string>();
        var user = container?.RunAsUser ?? pod?.RunAsUser;
        var group = container?.RunAsGroup ?? pod?.RunAsGroup;
        if (user is not null || group is not null)
        {
            arguments.AddRange(["--user", group is null ? $"{user}" : $"{user ?? 0}:{group}"]);
        }

        arguments.AddRange((pod?.SupplementalGroups ?? []).Append(pod?.FsGroup).OfType<long>().Distinct().SelectMany(extra => new[] { "--group-add", extra.ToString(CultureInfo.InvariantCulture) }));
        if (container is { Privileged: true })
        {
            arguments.Add("--privileged");
        }

        if (container is { ReadOnlyRootFilesystem: true })
        {
            arguments.AddRange(["--read-only", "--read-only-tmpfs=false"]);
        }

        arguments.AddRange(SystemCalls((container?.SeccompProfile ?? pod?.SeccompProfile)?.Type));
        if (container is { AllowPrivilegeEscalation: false })
        {
            arguments.AddRange(["--security-opt", "no-new-privileges"]);
        }

        if (container?.ProcMount is { } proc and not "Default")
        {
            throw new ClusterException($"securityContext.procMount is {proc}; the lab knows Default.");
        }

        arguments.AddRange((container?.Capabilities?.Drop ?? []).SelectMany(name => new[] { "--cap-drop", name }));
        arguments.AddRange((container?.Capabilities?.Add ?? []).SelectMany(name => new[] { "--cap-add", name }));
        return arguments;
    }

    /// <summary>Podman's arguments for the kernel settings of a pod, which are those of its network.</summary>
    /// <exception cref="ClusterException">One of them is none of those that a kubelet takes without being told to.</exception>
    public static IReadOnlyList<string> Kernel(V1PodSecurityContext? pod)
    {
        var other = (pod?.Sysctls ?? []).FirstOrDefault(one => !SafeSysctls.All.Contains(one.Name));
        return other is null
            ? [.. (pod?.Sysctls ?? []).SelectMany(one => new[] { "--sysctl", $"{one.Name}={one.Value}" })]
            : throw new ClusterException($"securityContext.sysctls has {other.Name}; the lab knows those that Kubernetes calls safe: {string.Join(", ", SafeSysctls.All)}.");
    }

    // Unconfined where a pod says nothing, as a kubelet without seccompDefault has it. A filter is a fifth of what a probe costs, besides.
    private static string[] SystemCalls(string? profile) => profile switch
    {
        null or "Unconfined" => ["--security-opt", "seccomp=unconfined"],
        "RuntimeDefault" => [],
        _ => throw new ClusterException($"securityContext.seccompProfile is {profile}; the lab knows RuntimeDefault and Unconfined."),
    };
}
