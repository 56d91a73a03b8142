using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tests.Infra;

/// <summary>The pods of backups that are snapshots, before an API server of their own.</summary>
internal static class SnapshotPods
{
    public const string Labels = "app=mysql-backup,app.kubernetes.io/component=snapshot,app.kubernetes.io/instance=mysql";
    public const string Claim = $"{ApiServer.Claims}/mysql-backup-proof";

    /// <summary>A pod that makes snapshots, proves them, or restores one: a replica, mysql-2, is sound, and its volume is a claim of 10Gi.</summary>
    public static ScriptPod Make(ApiServer server)
    {
        var pod = BackupPods.Make();
        server.ServeTo(pod);
        pod.Environment.Remove("STORE_DIRECTORY");
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["STORE_SNAPSHOTS"] = "mysql-backup-",
            ["STORE_LABELS"] = Labels,
            ["SNAPSHOT_CLASS"] = "csi-snap",
            ["PROOF_CLAIM"] = "mysql-backup-proof",
            ["PROOF_DEPLOYMENT"] = "mysql-backup-proof",
            ["DATA_CLAIM"] = "data-mysql-0",
            ["SNAPSHOT_DIRECTORY"] = pod.Path("snapshot"),
            ["SEED_TIMEOUT_SECONDS"] = "0",
        })
        {
            pod.Environment[name] = value;
        }

        pod.AnswersInstead(() =>
        {
            pod.Resolves("mysql", "10.0.0.1", "10.0.0.3");
            pod.Resolves("mysql-2.mysql", "10.0.0.3");
            pod.Answers("backup:*@mysql-2.mysql", "SHOW REPLICA STATUS", Words("Source_Host: mysql-0.mysql\nReplica_IO_Running: Yes\nReplica_SQL_Running: Yes\nSeconds_Behind_Source: 0\n"));
            pod.Answers("backup:*@mysql-0.mysql", "SHOW REPLICA STATUS", Words(string.Empty));
            pod.Answers("backup:*@mysql-2.mysql", "SELECT GTID_SUBTRACT", string.Empty);
            pod.Answers("backup:*@mysql-2.mysql", "LOCK INSTANCE FOR BACKUP", "locked");
            pod.Answers("*", "SELECT id FROM mysql.cluster_identity;", "id-of-shop");
            pod.Answers("root:*", "SELECT GTID_SUBTRACT", string.Empty);
        });
        foreach (var ordinal in (int[])[0, 2])
        {
            server.Add($"{ApiServer.Claims}/data-mysql-{ordinal}", """{ "metadata": {}, "spec": { "storageClassName": "csi", "resources": { "requests": { "storage": "10Gi" } } }, "status": { "capacity": { "storage": "12Gi" } } }""");
        }

        return pod;
    }

    /// <summary>Whatever is made is proved, and is good or is not.</summary>
    public static void Proves(this ApiServer server, string verdict = "good") => server.OnProof = (api, claim) =>
    {
        var (name, word) = ((string)claim["spec"]!["dataSource"]!["name"]!, (string)claim["metadata"]!["annotations"]!["backup.mysql/proof"]!);
        if (verdict == "good")
        {
            var manifest = Manifest(name[^16..].ToUpperInvariant(), "id-of-shop");
            api.Note(name, ("manifest", manifest), ("verified", $"manifest {Digest(manifest)}"));
        }

        api.Note(name, ("proof", $"{word} {verdict}"));
    };

    /// <summary>Puts snapshots there that were made before.</summary>
    /// <param name="server">The API server.</param>
    /// <param name="backups">A line each: its id, whose data, and its state.</param>
    public static void HasSnapshots(this ApiServer server, string backups)
    {
        foreach (var words in backups.Split('\n').Select(line => line.Split(' ')))
        {
            var name = $"mysql-backup-{words[0].ToLowerInvariant()}";
            var labels = new JsonObject(Labels.Split(',').Select(label => KeyValuePair.Create(label.Split('=')[0], (JsonNode?)label.Split('=')[1])));
            server.Add($"{ApiServer.Snapshots}/{name}", new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = labels, ["annotations"] = new JsonObject { ["backup.mysql/begun"] = words[1], ["backup.mysql/taken"] = Taken } },
                ["spec"] = new JsonObject { ["source"] = new JsonObject { ["persistentVolumeClaimName"] = "data-mysql-2" } },
                ["status"] = new JsonObject { ["readyToUse"] = true },
            }.ToJsonString());
            var manifest = Manifest(words[0], words[1]);
            switch (words[2])
            {
                case "good": server.Note(name, ("manifest", manifest), ("verified", $"manifest {Digest(manifest)}")); break;
                case "unproved": server.Note(name, ("manifest", manifest)); break;
            }
        }
    }

    /// <summary>The claim of a proof, made from a snapshot.</summary>
    public static void HasClaim(this ApiServer server, string id, string? deleted = null) => server.Add(Claim, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "mysql-backup-proof", ["deletionTimestamp"] = deleted, ["annotations"] = new JsonObject { ["backup.mysql/proof"] = "the-word" } },
        ["spec"] = new JsonObject { ["dataSource"] = new JsonObject { ["name"] = $"mysql-backup-{id.ToLowerInvariant()}" } },
    }.ToJsonString());

    /// <summary>A note of a snapshot; nothing where there is none.</summary>
    public static string? Noted(this ApiServer server, string id, string note) =>
        (string?)server.Objects[$"{ApiServer.Snapshots}/mysql-backup-{id.ToLowerInvariant()}"]["metadata"]!["annotations"]![$"backup.mysql/{note}"];

    /// <summary>The ids of the snapshots that are there.</summary>
    public static IReadOnlyList<string> Ids(this ApiServer server) =>
        [.. server.Objects.Keys.Where(path => path.StartsWith(ApiServer.Snapshots, StringComparison.Ordinal)).Select(path => path[^16..].ToUpperInvariant()).Order(StringComparer.Ordinal)];

    private const string Taken = $"server 8.4.3\nuuid 3c3c\ndonor mysql-2.mysql\nidentity id-of-shop\nexecuted {BackupPods.Executed}";

    private static string Words(string status) => $"server_uuid: 3c3c\nversion: 8.4.3\nexecuted: {BackupPods.Executed}\nreceived: \nidentity: id-of-shop\nplugins: mysql_clone.so\n{status}";

    private static string Manifest(string id, string identity)
    {
        var text = $"format 1\nid {id}\nsystem mysql\nserver 8.4.3\nuuid 3c3c\ndonor mysql-2.mysql\nidentity {identity}\nexecuted {BackupPods.Executed}\ntables 1\nbytes 1000\npacked 0\nfiles none\nchecksums {Hash("shop.orders\t123\n")}\nemptied \n";
        return $"{text}sum {Hash(text)}";
    }

    private static string Digest(string manifest) => Hash($"{manifest}\n");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
