using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lab.Pods;
using static Cli.Checks.StatefulSetView;

namespace Cli.Checks.Policies;

/// <summary>What containers may do to their node and to each other.</summary>
internal static partial class SecurityPolicies
{
    /// <summary>The policies.</summary>
    public static IReadOnlyList<Policy> All { get; } =
    [
        new("run-as-non-root", "kube-linter", "no container runs as root", "set runAsNonRoot: true and a runAsUser above 0", Roots),
        new("container-security-context-user-group-id", "kube-score", "every container says as which user and group it runs, neither of them 0; that both are above 10000, which the linter wants, is the images' to decide", "set runAsUser and runAsGroup", Ids),
        new("privilege-escalation-container", "kube-linter", "no container's process may gain rights", "set allowPrivilegeEscalation: false", objects => Of(objects, "allowPrivilegeEscalation", text => text == "false", "it may gain rights that it did not start with")),
        new("privileged-container", "kube-linter; kube-score: container-security-context-privileged", "no container is privileged", "leave privileged out", objects => Of(objects, "privileged", text => text != "true", "it may do to its node what root may")),
        new("drop-net-raw-capability", "kube-linter", "every container gives up NET_RAW, with which it could forge packets", "drop NET_RAW, or ALL", RawPackets),
        new("no-read-only-root-fs", "kube-linter; kube-score: container-security-context-readonlyrootfilesystem", "no container can change its own files", "set readOnlyRootFilesystem: true, and mount volumes where it writes", objects => Of(objects, "readOnlyRootFilesystem", text => text == "true", "what breaks in can stay in its files")),
        new("container-seccomp-profile", "kube-score", "every container runs under a seccomp profile", "set seccompProfile.type: RuntimeDefault on the pod", Seccomp),
        new("host-network", "kube-linter", "no pod is on its node's network", "leave hostNetwork out", objects => Host(objects, "hostNetwork")),
        new("host-pid", "kube-linter", "no pod sees its node's processes", "leave hostPID out", objects => Host(objects, "hostPID")),
        new("host-ipc", "kube-linter", "no pod shares memory with its node", "leave hostIPC out", objects => Host(objects, "hostIPC")),
        new("docker-sock", "kube-linter", "no container mounts its runtime's socket", "leave the volume out", objects => HostPaths(objects, DockerSocket())),
        new("sensitive-host-mounts", "kube-linter", "no container mounts a system directory of its node", "leave the volume out", objects => HostPaths(objects, SystemDirectory())),
        new("unsafe-sysctls", "kube-linter", "no pod changes a kernel setting that is not its own", "leave the sysctl out", Sysctls),
    ];

    private static IEnumerable<Breach> Roots(PolicyObjects objects)
    {
        foreach (var container in ContainerView.All(objects))
        {
            var user = container.Effective("runAsUser");
            if (user == "0" || (user.Length == 0 && container.Effective("runAsNonRoot") != "true"))
            {
                yield return container.Breach("securityContext.runAsNonRoot", user == "0" ? "it runs as root" : "it may run as root");
            }

            if (container.Effective("runAsGroup") == "0")
            {
                yield return container.Breach("securityContext.runAsGroup", "it runs in root's group");
            }
        }
    }

    private static IEnumerable<Breach> Ids(PolicyObjects objects) =>
        from container in ContainerView.All(objects)
        from key in (string[])["runAsUser", "runAsGroup"]
        where container.Effective(key) is "" or "0"
        select container.Breach($"securityContext.{key}", container.Effective(key).Length == 0 ? "the image alone says which" : "it is root's");

    private static IEnumerable<Breach> Of(PolicyObjects objects, string key, Func<string, bool> isRight, string sentence) =>
        from container in ContainerView.All(objects)
        where !isRight(Text(container.Security[key]))
        select container.Breach($"securityContext.{key}", sentence);

    private static IEnumerable<Breach> RawPackets(PolicyObjects objects) =>
        from container in ContainerView.All(objects)
        let dropped = Names(container, "drop")
        let added = Names(container, "add")
        where !dropped.Any(IsRaw) || added.Any(IsRaw)
        select container.Breach("securityContext.capabilities", "it may forge packets");

    private static IEnumerable<string> Names(ContainerView container, string list) => (container.Security["capabilities"]?[list] as JsonArray ?? []).Select(Text);

    private static bool IsRaw(string capability) => capability.ToUpperInvariant() is "ALL" or "NET_RAW" or "CAP_NET_RAW";

    private static IEnumerable<Breach> Seccomp(PolicyObjects objects) =>
        from container in ContainerView.All(objects)
        let profile = Text((container.Security["seccompProfile"] ?? container.Pod.Spec["securityContext"]?["seccompProfile"])?["type"])
        where profile is "" or "Unconfined"
        select container.Breach("securityContext.seccompProfile", "it may make any system call");

    private static IEnumerable<Breach> Host(PolicyObjects objects, string key) =>
        from pod in objects.Pods
        where Text(pod.Spec[key]) == "true"
        select pod.Breach(key, "it shares this with its node");

    private static IEnumerable<Breach> HostPaths(PolicyObjects objects, Regex path) =>
        from pod in objects.Pods
        from volume in List(pod.Spec["volumes"])
        let directory = Text(volume["hostPath"]?["path"])
        where directory.Length > 0 && path.IsMatch(directory)
        from container in pod.Containers
        where List(container.Body["volumeMounts"]).Any(mount => Text(mount["name"]) == Text(volume["name"]))
        select container.Breach("volumeMounts", $"it mounts {directory} of its node");

    private static IEnumerable<Breach> Sysctls(PolicyObjects objects) =>
        from pod in objects.Pods
        from sysctl in List(pod.Spec["securityContext"]?["sysctls"])
        let name = Text(sysctl["name"])
        where !SafeSysctls.All.Contains(name)
        select pod.Breach("securityContext.sysctls", $"{name} may be felt by other pods");

    [GeneratedRegex("docker\\.sock\\z", RegexOptions.CultureInvariant)]
    private static partial Regex DockerSocket();

    [GeneratedRegex("^/(boot|dev|etc|lib|proc|sys|usr)?/?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SystemDirectory();
}
