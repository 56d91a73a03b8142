using System.Globalization;

namespace Tests.Infra;

/// <summary>The pods of backups and restores, with a store that is a folder of the pod or a remote. A transfer brings a small copy, and servers tell what is in it.</summary>
internal static class BackupPods
{
    public const string Executed = "3c3c0000-0000-0000-0000-000000000000:1-5";

    /// <summary>What the statement has that asks for the statements of the checksums.</summary>
    public const string ListsTables = "CONCAT('CHECKSUM";

    /// <summary>The first lines of what rows are, and enough of them to be packed well.</summary>
    private static readonly string Rows = string.Concat(Enumerable.Range(0, 4000).Select(row => $"row {row.ToString(CultureInfo.InvariantCulture)}\n"));

    // To make one takes some hundred processes.
    private static readonly Lazy<Task<(string Id, IReadOnlyDictionary<string, byte[]> Files)>> Made = new(MakeBackupAsync);

    /// <summary>A pod that backs up, or restores as ordinal 0; its store is the folder "store".</summary>
    public static ScriptPod Make()
    {
        var pod = new ScriptPod("mysql-8.4", 0);
        pod.Replace("fetch.sh", "copied");
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["CONF_DIRECTORY"] = pod.Environment["CONFIG_MAP_DIRECTORY"]!,
            ["PROGRAMS"] = pod.Path("programs"),
            ["STORE_DIRECTORY"] = pod.Path("store"),
            ["STORE_SYSTEM"] = "mysql",
            ["RESTORE_BACKUP"] = "latest",
            ["RESTORE_REQUEST"] = "a1b2c3d4e5",
            ["KEEP_COUNT"] = "3",
            ["KEEP_DAYS"] = "0",
            ["DEADLINE_SECONDS"] = "3600",
        })
        {
            pod.Environment[name] = value;
        }

        Directory.CreateDirectory(pod.Path("store"));
        pod.Resolves("mysql-0.mysql", "10.0.0.1");
        pod.Write("programs/donor", $"DONOR=([version]=8.4.3 [server_uuid]=3c3c [identity]=id-of-shop [executed]={Executed})\n");
        pod.Write("programs/copied/mysql/user.ibd", "users");
        pod.Write("programs/copied/shop/orders.ibd", Rows);
        pod.Write("programs/copied/shop/empty.ibd", string.Empty);
        Directory.CreateDirectory(pod.Path("programs/copied/no_tables"));
        pod.Write("programs/copied/server-key.pem", "a key");
        pod.Write("programs/copied/root-password.digest", "a digest");
        pod.Answers("*", "gtid_executed", Executed);
        pod.TellsTime();
        pod.Answers("*", ListsTables, "CHECKSUM TABLE `shop`.`orders`;");
        pod.Answers("*", "CHECKSUM TABLE", "shop.orders\\t123");
        return pod;
    }

    /// <summary>The folder of the pod that a remote is.</summary>
    public const string Remote = "programs/remotes/bucket/mysql-backups";

    /// <summary>The store is a remote from now on.</summary>
    public static void UsesRemote(this ScriptPod pod)
    {
        pod.Environment.Remove("STORE_DIRECTORY");
        pod.Environment["STORE_REMOTE"] = "shop:bucket/mysql-backups";
    }

    /// <summary>The servers have this machine's time, or one that is so many seconds away from it.</summary>
    public static void TellsTime(this ScriptPod pod, int ahead = 0) =>
        pod.Answers("backup:*", "UNIX_TIMESTAMP", (DateTimeOffset.UtcNow.ToUnixTimeSeconds() + ahead).ToString(CultureInfo.InvariantCulture));

    /// <summary>The store has one good backup, the first of all the tests, and the pod that made it has left nothing else.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> HasBackupAsync(this ScriptPod pod, string store = "store")
    {
        var (id, files) = await Made.Value;
        foreach (var (name, bytes) in files)
        {
            var path = pod.Path($"{store}/mysql/{id}/{name}");
            Directory.CreateDirectory(Directory.GetParent(path)!.FullName);
            await File.WriteAllBytesAsync(path, bytes);
        }

        return id;
    }

    private static async Task<(string Id, IReadOnlyDictionary<string, byte[]> Files)> MakeBackupAsync()
    {
        using var pod = Make();
        Xunit.Assert.Equal(0, (await pod.RunAsync("backup.sh", "make")).ExitCode);
        var id = Xunit.Assert.Single(pod.Ids());
        var folder = pod.Path($"store/mysql/{id}");
        return (id, Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes));
    }

    /// <summary>Puts backups into the store that were made before.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="backups">A line each: its id, whose data, and its state.</param>
    public static async Task HasBackupsAsync(this ScriptPod pod, string backups)
    {
        var made = await pod.CallAsync(
            "lib.sh transfer.sh store.sh archive.sh",
            $$"""
            while read -r id identity state; do
                folder=$STORE/mysql/$id
                mkdir -p "$folder/data"
                echo "$identity" >"$folder/begun"
                [[ $state != partial ]] || continue
                for key in "${KEYS[@]}"; do MANIFEST[$key]=x; done
                MANIFEST[format]=1 MANIFEST[id]=$id MANIFEST[identity]=$identity MANIFEST[bytes]=1 MANIFEST[packed]=1
                write_manifest "$folder/manifest"
                [[ $state != good && $state != damaged ]] || echo "manifest $(digest <"$folder/manifest")" >"$folder/verified"
                [[ $state != damaged ]] || echo "found" >"$folder/damaged"
            done <<'END'
            {{backups}}
            END
            rm -rf "$WORK" "$STORE_REPORT"
            """);
        Xunit.Assert.Equal(0, made.ExitCode);
    }

    /// <summary>Puts logs into the archive of a cluster's data; what they are, when unpacked, is "what is in" and their name, or the file of their name in the pod's folder "received".</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="logs">A line each: its name, and of its info before, after, lost and last, with a bar between them.</param>
    /// <param name="identity">Whose data they are.</param>
    public static async Task HasLogsAsync(this ScriptPod pod, string logs, string identity = "id-of-shop")
    {
        var made = await pod.CallAsync(
            "lib.sh transfer.sh store.sh archive.sh logs.sh",
            $$"""
            while IFS='|' read -r name before after lost last; do
                echo "what is in $name" >"$WORK/log"
                [[ ! -e $VOLUME/../received/$name ]] || cat "$VOLUME/../received/$name" >"$WORK/log"
                zstd --quiet --check <"$WORK/log" >"$WORK/packed"
                LOG=([format]=$FORMAT [identity]={{identity}} [server]=8.4.3 [before]=$before [after]=$after [lost]=$lost [last]=$last [size]=$(size_of "$WORK/log") [packed]=$(digest <"$WORK/packed"))
                write_info "$WORK/info"
                store_put "$WORK/packed" "logs/{{identity}}/$name.zst" && store_put "$WORK/info" "logs/{{identity}}/$name.info"
            done <<'END'
            {{logs}}
            END
            rm -rf "$WORK" "$STORE_REPORT" "$WORDS"
            """);
        Xunit.Assert.Equal((0, string.Empty), (made.ExitCode, made.Errors));
    }

    /// <summary>The second in which a backup was begun is over.</summary>
    public static async Task PassAsync(string id)
    {
        while (DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) == id)
        {
            await Task.Delay(20);
        }
    }

    /// <summary>The folders of the store, by id.</summary>
    public static IReadOnlyList<string> Ids(this ScriptPod pod, string store = "store")
    {
        var folder = pod.Path($"{store}/mysql");
        return Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];
    }
}
