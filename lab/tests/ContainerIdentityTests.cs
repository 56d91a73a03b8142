using System.Text.Json;
using Lab.Podman;
using Xunit;

namespace Lab.Tests;

public sealed class ContainerIdentityTests : IDisposable
{
    private readonly TemporaryFolder _notes = new();

    public void Dispose() => _notes.Dispose();

    [Fact]
    public void It_is_what_runc_noted()
    {
        Note(
            """{ "uid": 999, "gid": 998, "umask": 63, "additionalGids": [999, 5] }""",
            """{ "bounding": ["CAP_CHOWN", "CAP_NET_BIND_SERVICE", "CAP_CHECKPOINT_RESTORE"], "effective": ["CAP_SETUID"], "permitted": ["CAP_SETUID", "CAP_SOMETHING_NEW"] }""");

        var found = ContainerIdentity.Find(_notes.Root, "one")!;

        Assert.Equal(
            [
                "pid=12", "started=3456", "cgroups=/sys/fs/cgroup/pids/one,/sys/fs/cgroup/memory/one", "directory=/srv", "umask=63", "user=999", "group=998", "groups=999,5",
                "bounding=0000010000000401", "effective=0000000000000080", "permitted=0000000000000080", "unprivileged=1",
            ],
            found.Words.Skip(1));
        Assert.Equal(new Dictionary<string, string?> { ["PATH"] = "/bin", ["OPTIONS"] = "a=b", ["EMPTY"] = "" }, found.Environment);
    }

    [Fact]
    public void What_it_says_nothing_of_is_none()
    {
        Note("""{ "uid": 0, "gid": 0 }""", "{}");

        Assert.Equal(
            ["umask=18", "user=0", "group=0", "groups=", "bounding=0000000000000000", "effective=0000000000000000", "permitted=0000000000000000", "unprivileged=1"],
            ContainerIdentity.Find(_notes.Root, "one")!.Words.Skip(5));
    }

    [Fact]
    public void Where_runc_has_no_notes_there_is_none() => Assert.Null(ContainerIdentity.Find(_notes.Root, "another"));

    private void Note(string user, string capabilities)
    {
        var bundle = Path.Combine(_notes.Root, "bundle");
        Directory.CreateDirectory(bundle);
        Directory.CreateDirectory(Path.Combine(_notes.Root, "one"));
        File.WriteAllText(
            Path.Combine(bundle, "config.json"),
            $$"""{ "process": { "user": {{user}}, "env": ["PATH=/usr/bin", "PATH=/bin", "OPTIONS=a=b", "EMPTY="], "cwd": "/srv", "capabilities": {{capabilities}}, "noNewPrivileges": true } }""");
        File.WriteAllText(
            Path.Combine(_notes.Root, "one", "state.json"),
            $$"""
            {
              "init_process_pid": 12, "init_process_start": 3456, "config": { "labels": ["other=1", {{JsonSerializer.Serialize($"bundle={bundle}")}}] },
              "cgroup_paths": { "pids": "/sys/fs/cgroup/pids/one", "memory": "/sys/fs/cgroup/memory/one" }
            }
            """);
    }
}
