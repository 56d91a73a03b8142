namespace Lab.Pods;

/// <summary>The kernel settings that a pod may have of its own, as no other pod of its node feels them.</summary>
/// <remarks>Source: https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster, "Safe and Unsafe Sysctls".</remarks>
public static class SafeSysctls
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    ];
}
