using System.Text.Json.Nodes;

namespace Tests.Infra;

/// <summary>The Pod Security Standard "Restricted" as a table: what each rule finds in a pod.</summary>
/// <remarks>Source: https://kubernetes.io/docs/concepts/security/pod-security-standards, v1.36; what only Windows has is left out.</remarks>
internal static class PodSecurityStandard
{
    private static readonly string[] Volumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    private static readonly string[] Sysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    ];

    private static readonly (string Rule, Func<JsonNode, bool> Holds)[] OfPods =
    [
        ("no namespace of the host", pod => !Is(pod["hostNetwork"], true) && !Is(pod["hostPID"], true) && !Is(pod["hostIPC"], true)),
        ("volumes of safe kinds", pod => Items(pod["volumes"]).SelectMany(volume => volume.AsObject()).All(field => field.Key == "name" || Volumes.Contains(field.Key))),
        ("safe sysctls", pod => Items(pod["securityContext"]?["sysctls"]).All(sysctl => Sysctls.Contains(sysctl["name"]!.GetValue<string>()))),
    ];

    // Of a container, and of its pod where the container says nothing.
    private static readonly (string Rule, Func<JsonNode, JsonNode, bool> Holds)[] OfContainers =
    [
        ("not privileged", (_, container) => !Is(container["privileged"], true)),
        ("no privilege escalation", (_, container) => Is(container["allowPrivilegeEscalation"], false)),
        ("all capabilities dropped", (_, container) => Items(container["capabilities"]?["drop"]).Any(name => name.GetValue<string>() == "ALL")),
        ("no capability but NET_BIND_SERVICE", (_, container) => Items(container["capabilities"]?["add"]).All(name => name.GetValue<string>() == "NET_BIND_SERVICE")),
        ("not root", (pod, container) => Is(container["runAsNonRoot"] ?? pod["runAsNonRoot"], true)),
        ("no root's number", (pod, container) => (container["runAsUser"] ?? pod["runAsUser"])?.GetValue<int>() != 0),
        ("system calls filtered", (pod, container) => (container["seccompProfile"] ?? pod["seccompProfile"])?["type"]?.GetValue<string>() is "RuntimeDefault" or "Localhost"),
        ("/proc masked", (_, container) => container["procMount"]?.GetValue<string>() is null or "Default"),
    ];

    /// <summary>The rules that a pod breaks, each with the container that does.</summary>
    public static IEnumerable<string> Broken(JsonNode pod) =>
    [
        .. OfPods.Where(rule => !rule.Holds(pod)).Select(rule => rule.Rule),
        .. from container in Containers(pod)
           from rule in OfContainers
           where !rule.Holds(Context(pod), Context(container))
           select $"{container["name"]}: {rule.Rule}",
        .. from container in Containers(pod)
           where Items(container["ports"]).Any(port => port["hostPort"] is not null)
           select $"{container["name"]}: no port of the host",
    ];

    /// <summary>All containers of a pod, init containers first.</summary>
    public static IEnumerable<JsonNode> Containers(JsonNode pod) => Items(pod["initContainers"]).Concat(Items(pod["containers"]));

    private static JsonNode Context(JsonNode owner) => owner["securityContext"] ?? new JsonObject();

    private static IEnumerable<JsonNode> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonNode>();

    private static bool Is(JsonNode? node, bool value) => node?.GetValue<bool>() == value;
}
