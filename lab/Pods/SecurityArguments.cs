using k8s.Models;

namespace Lab.Pods;

/// <summary>Podman's arguments for a security context.</summary>
internal static class SecurityArguments
{
    /// <summary>A container's own settings win over its pod's.</summary>
    public static IReadOnlyList<string> Of(V1PodSecurityContext? pod, V1SecurityContext? container)
    {
        var arguments = new List<string>();
        var user = container?.RunAsUser ?? pod?.RunAsUser;
        var group = container?.RunAsGroup ?? pod?.RunAsGroup;
        if (user is not null || group is not null)
        {
            arguments.AddRange(["--user", group is null ? $"{user}" : $"{user ?? 0}:{group}"]);
        }

        if (pod?.FsGroup is { } extra)
        {
            arguments.AddRange(["--group-add", $"{extra}"]);
        }

        if (container is { Privileged: true })
        {
            arguments.Add("--privileged");
        }

        if (container is { ReadOnlyRootFilesystem: true })
        {
            arguments.AddRange(["--read-only", "--read-only-tmpfs=false"]);
        }

        // Unconfined where a pod says nothing, as a kubelet without seccompDefault has it. A filter is a fifth of what a probe costs, besides.
        if ((container?.SeccompProfile ?? pod?.SeccompProfile)?.Type is null or "Unconfined")
        {
            arguments.AddRange(["--security-opt", "seccomp=unconfined"]);
        }

        if (container is { AllowPrivilegeEscalation: false })
        {
            arguments.AddRange(["--security-opt", "no-new-privileges"]);
        }

        arguments.AddRange((container?.Capabilities?.Drop ?? []).SelectMany(name => new[] { "--cap-drop", name }));
        arguments.AddRange((container?.Capabilities?.Add ?? []).SelectMany(name => new[] { "--cap-add", name }));
        return arguments;
    }
}
