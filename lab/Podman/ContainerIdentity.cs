using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Lab.Podman;

/// <summary>What a container that runs is, and as whom its programs run, as runc notes it.</summary>
/// <param name="Words">For <c>enter.pl</c>.</param>
/// <param name="Environment">The variables of its programs.</param>
internal sealed record ContainerIdentity(IReadOnlyList<string> Words, IReadOnlyDictionary<string, string?> Environment)
{
    // Where runc keeps its notes when root runs it.
    private const string Notes = "/run/runc";

    // capabilities(7), in the order of their numbers.
    private static readonly string[] Capabilities =
    [
        "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN",
        "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME",
        "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON",
        "BPF", "CHECKPOINT_RESTORE",
    ];

    /// <summary>Reads it; null where it does not run, or runc notes things elsewhere or otherwise.</summary>
    /// <param name="id">The container's full podman id.</param>
    public static ContainerIdentity? Find(string id) => Find(Notes, id);

    /// <summary>Reads it from notes in another place.</summary>
    internal static ContainerIdentity? Find(string notes, string id)
    {
        if (Read(Path.Combine(notes, id, "state.json")) is not { } state || Bundle(state) is not { } bundle || Read(Path.Combine(bundle, "config.json"))?["process"] is not { } process)
        {
            return null;
        }

        var user = process["user"]!;
        var rights = process["capabilities"];
        return new ContainerIdentity(
            [
                $"machine={RuntimeInformation.OSArchitecture}",
                $"pid={state["init_process_pid"]}",
                $"started={state["init_process_start"]}",
                $"cgroups={string.Join(',', state["cgroup_paths"]?.AsObject().Select(path => (string)path.Value!) ?? [])}",
                $"directory={process["cwd"]}",
                $"umask={user["umask"] ?? 18}",
                $"user={user["uid"]}",
                $"group={user["gid"]}",
                $"groups={string.Join(',', user["additionalGids"]?.AsArray().Select(group => $"{group}") ?? [])}",
                $"bounding={Mask(rights?["bounding"])}",
                $"effective={Mask(rights?["effective"])}",
                $"permitted={Mask(rights?["permitted"])}",
                $"unprivileged={((bool?)process["noNewPrivileges"] == true ? 1 : 0)}",
            ],
            (process["env"]?.AsArray() ?? []).Select(variable => ((string)variable!).Split('=', 2)).ToLookup(pair => pair[0], pair => (string?)pair[1]).ToDictionary(pair => pair.Key, pair => pair.Last()));
    }

    private static string? Bundle(JsonNode state) =>
        state["config"]?["labels"]?.AsArray().Select(label => (string)label!).FirstOrDefault(label => label.StartsWith("bundle=", StringComparison.Ordinal))?["bundle=".Length..];

    private static string Mask(JsonNode? names)
    {
        var known = (names?.AsArray() ?? []).Select(name => Array.IndexOf(Capabilities, ((string)name!).Replace("CAP_", "", StringComparison.Ordinal))).Where(number => number >= 0);
        return known.Aggregate(0UL, (mask, number) => mask | (1UL << number)).ToString("x16", CultureInfo.InvariantCulture);
    }

    private static JsonNode? Read(string path) => AtomicFile.Read(path) is { Length: > 0 } text ? JsonNode.Parse(text) : null;
}
