using Cli.Evaluation;
using Xunit;

namespace Tests.Golden;

/// <summary>Everything that a stack registers, word for word, in files that are reviewed like code.</summary>
[Collection("deployment")]
public sealed class GoldenTests
{
    public static TheoryData<string, string, string> Systems => new()
    {
        { "mysql-5.7", "mysql", """[{ "name": "db", "profile": "mysql-5.7" }]""" },
        { "mysql-5.7-write", "mysql", """[{ "name": "db", "profile": "mysql-5.7", "write": {} }]""" },
        { "mysql-8.4-async", "mysql", """[{ "name": "db", "profile": "mysql-8.4", "durability": "async" }]""" },
        { "mysql-8.4-semi-sync", "mysql", """[{ "name": "db", "profile": "mysql-8.4", "durability": "semi-sync" }]""" },
        { "mysql-9.7-async", "mysql", """[{ "name": "db", "profile": "mysql-9.7", "durability": "async" }]""" },
        { "mysql-9.7-semi-sync", "mysql", """[{ "name": "db", "profile": "mysql-9.7", "durability": "semi-sync" }]""" },
        { "mysql-5.7-metrics", "mysql", """[{ "name": "db", "profile": "mysql-5.7", "metrics": { "podMonitor": false, "rules": false, "dashboard": false } }]""" },
        { "mysql-8.4-metrics", "mysql", """[{ "name": "db", "namespace": "shop", "profile": "mysql-8.4", "metrics": { "labels": { "release": "prometheus" } } }]""" },
        { "mysql-8.4-tls", "mysql", """[{ "name": "db", "namespace": "shop", "tls": { "issuer": { "name": "private", "kind": "ClusterIssuer" } }, "metrics": { "podMonitor": false, "rules": false, "dashboard": false } }]""" },
        { "mysql-8.4-backup", "mysql", """[{ "name": "db", "namespace": "shop", "profile": "mysql-8.4", "backup": { "store": { "storage": "100Gi" }, "archive": {} } }]""" },
        { "mysql-8.4-backup-remote", "mysql", """[{ "name": "db", "profile": "mysql-8.4", "backup": { "store": { "remote": "shop:bucket/mysql", "secret": "shop-backups" }, "keepCount": 30, "keepDays": 90 } }]""" },
        { "mysql-8.4-backup-snapshots", "mysql", """[{ "name": "db", "namespace": "shop", "profile": "mysql-8.4", "backup": { "store": { "snapshotClass": "csi-snap" } }, "restore": { "backup": "20261127T023000Z", "system": "old", "store": { "snapshotClass": "csi-snap" } } }]""" },
        { "mysql-8.4-restore", "mysql", """[{ "name": "db", "profile": "mysql-8.4", "restore": { "backup": "latest", "system": "shop", "store": { "claim": "shop-backups" } } }]""" },
        { "web", "web", """[{ "name": "pages" }]""" },
        { "web-volume", "web", """[{ "name": "pages", "namespace": "shop", "createNamespace": true, "storage": "1Gi" }]""" },
    };

    [Theory]
    [InlineData("dev")]
    [InlineData("example")]
    public async Task A_stack_registers_what_its_file_says(string stack) => await CheckAsync($"stack-{stack}", StackFile.Read(Repository.Root, stack, []).Config);

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_system_registers_what_its_file_says(string name, string kind, string systems) =>
        await CheckAsync(name, new Dictionary<string, string> { [kind] = systems });

    private static async Task CheckAsync(string name, IReadOnlyDictionary<string, string> config)
    {
        var engine = new Engine();
        await engine.RunStackAsync(config);
        GoldenFile.Equal($"{name}.yaml", GraphText.Of(await engine.GraphAsync()));
    }
}
