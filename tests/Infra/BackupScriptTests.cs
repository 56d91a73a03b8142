using System.Text.RegularExpressions;
using Xunit;

namespace Tests.Infra;

/// <summary>What backup.sh does: what is in the store when, what it calls good, and what it never calls so.</summary>
public sealed class BackupScriptTests
{
    private const string Earlier =
        """
        20200101T000000Z another good
        20200102T000000Z id-of-shop good
        20200103T000000Z id-of-shop good
        20200104T000000Z id-of-shop partial
        20200105T000000Z another partial
        20200106T000000Z id-of-shop damaged
        20200107T000000Z id-of-shop unproved
        20200109T000000Z id-of-shop good
        """;

    private const string Library = "lib.sh transfer.sh store.sh archive.sh";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backup_is_stored_fetched_back_restored_and_compared_before_it_is_called_good(bool remote)
    {
        using var pod = BackupPods.Make();
        var store = "store";
        if (remote)
        {
            pod.UsesRemote();
            store = BackupPods.Remote;
        }

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Output));
        var id = Assert.Single(pod.Ids(store));
        Assert.Matches("^[0-9]{8}T[0-9]{6}Z$", id);
        Assert.Equal(
            ["begun", "data/mysql/user.ibd.zst", "data/shop/empty.ibd.zst", "data/shop/orders.ibd.zst", "files", "manifest", "tables", "verified"],
            pod.Files($"{store}/mysql/{id}").Keys);
        Assert.Equal("id-of-shop\n", pod.Read($"{store}/mysql/{id}/begun"));
        Assert.Equal("shop.orders\t123\n", pod.Read($"{store}/mysql/{id}/tables"));
        Assert.StartsWith(
            $"format 1\nid {id}\nsystem mysql\nserver 8.4.3\nuuid 3c3c\ndonor mysql-0.mysql\nidentity id-of-shop\nexecuted {BackupPods.Executed}\ntables 1\nbytes 34895\n",
            pod.Read($"{store}/mysql/{id}/manifest"), StringComparison.Ordinal);
        Assert.Equal("directory mysql\ndirectory no_tables\ndirectory shop\n", string.Concat(pod.Read($"{store}/mysql/{id}/files").Split('\n').TakeWhile(line => line.StartsWith("directory", StringComparison.Ordinal)).Select(line => line + "\n")));
        Assert.Contains(run.Said, said => said.StartsWith($"the backup {id} is good: restored and compared in ", StringComparison.Ordinal) && said.EndsWith(" s: 1 tables, transactions some-uuid:1-5", StringComparison.Ordinal));
        Assert.StartsWith($"done: backup {id} from mysql-0.mysql in ", run.Said[^1], StringComparison.Ordinal);
        // Two servers: one on the copy, one on what came back from the store.
        Assert.Equal(["/volume/staging-clone/data", "/volume/staging-restored"], pod.CallsOf("mysqld").Select(call => call.Split("--datadir=")[1].Split(' ')[0]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("temporary")));

        var list = await pod.RunAsync("backup.sh", "list");
        Assert.Matches($"^BACKUP +STATE +MB +MB PACKED +TABLES +SERVER +DATA OF\n{id}  good +0\\.0 +0\\.0 +1  8\\.4\\.3 +id-of-shop\n$", list.Output);
        var show = await pod.RunAsync("backup.sh", "show", "latest");
        Assert.StartsWith($"state good\nformat 1\nid {id}\n", show.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (list.ExitCode, show.ExitCode));
    }

    [Fact]
    public async Task What_a_restored_server_tells_otherwise_is_no_good_backup()
    {
        using var pod = BackupPods.Make();
        pod.Write("programs/answers", string.Empty);
        pod.TellsTime();
        pod.AnswersOnce("*", "gtid_executed", BackupPods.Executed);
        pod.Answers("*", "gtid_executed", "3c3c0000-0000-0000-0000-000000000000:1-4");

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal(4, run.ExitCode);
        Assert.Equal(
            [$"a server on the backup {pod.Ids()[0]} has the transactions some-uuid:1-4; the copy had some-uuid:1-5", $"the backup {pod.Ids()[0]} did not pass its test, and is not called good; the reason stands above"],
            run.Said.TakeLast(2));
        Assert.Equal("unproved", await StateAsync(pod, pod.Ids()[0]));
    }

    [Fact]
    public async Task A_table_with_other_rows_is_no_good_backup()
    {
        using var pod = BackupPods.Make();
        pod.Write("programs/answers", string.Empty);
        pod.TellsTime();
        pod.Answers("*", "gtid_executed", BackupPods.Executed);
        pod.Answers("*", BackupPods.ListsTables, "CHECKSUM TABLE `shop`.`orders`;");
        pod.AnswersOnce("*", "CHECKSUM TABLE", "shop.orders\\t123");
        pod.Answers("*", "CHECKSUM TABLE", "shop.orders\\t124");

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal((4, "unproved"), (run.ExitCode, await StateAsync(pod, pod.Ids()[0])));
        Assert.Contains($"tables of the backup {pod.Ids()[0]} are not those of the copy: shop.orders\t123", run.Said);
    }

    [Fact]
    public async Task A_table_that_cannot_be_read_is_no_backup()
    {
        using var pod = BackupPods.Make();
        pod.Write("programs/answers", string.Empty);
        pod.TellsTime();
        pod.Answers("*", BackupPods.ListsTables, "CHECKSUM TABLE `shop`.`orders`;");
        pod.Answers("*", "CHECKSUM TABLE", "shop.orders\\tNULL");

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["a table cannot be read: shop.orders\tNULL", "no backup: the copy could not be read; the reason stands above"], run.Said.TakeLast(2));
        Assert.Empty(pod.Ids());
    }

    /// <summary>Full when it is told whose data they are, at its lists, or at its manifest.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_store_that_is_full_has_no_backup_and_gets_its_room_back(int files)
    {
        using var pod = BackupPods.Make();
        // One call says that it has begun.
        pod.Write("programs/cp.full", $"{files + 1}");

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(run.Said, said => said.StartsWith("the store /store: writing", StringComparison.Ordinal) && said.EndsWith("No space left on device", StringComparison.Ordinal));
        Assert.Equal("no backup: the store did not take it; the reason stands above", run.Said[^1]);
        Assert.Empty(pod.Ids());
    }

    /// <summary>Into a claim it is packed at once; what is to be sent is packed on the pod's own volume.</summary>
    [Theory]
    [InlineData(false, 3, "no backup: the store did not take it; the reason stands above")]
    [InlineData(true, 1, "no backup: the copy could not be packed; the volume has N MB left, and the reason stands above. A larger volume for the work is backup.workStorage")]
    public async Task Where_there_is_no_room_for_what_is_packed_there_is_no_backup(bool remote, int code, string said)
    {
        using var pod = BackupPods.Make();
        if (remote)
        {
            pod.UsesRemote();
        }

        pod.Write("programs/zstd.full", string.Empty);

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal(code, run.ExitCode);
        Assert.Equal(
            ["packing failed with exit code 70: zstd: error 70 : Write error : cannot write block : No space left on device", said],
            run.Said.TakeLast(2).Select(line => Regex.Replace(line, "has [0-9.]+ MB", "has N MB")));
        Assert.Empty(pod.Ids(remote ? BackupPods.Remote : "store"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Theory]
    [InlineData("shop:bucket/mysql-backups/", "shop:bucket/mysql-backups/mysql/")]
    [InlineData("shop:", "shop:mysql/")]
    public async Task A_system_has_a_folder_of_its_own_in_the_remote(string remote, string place)
    {
        using var pod = BackupPods.Make();
        pod.UsesRemote();
        pod.Environment["STORE_REMOTE"] = remote;
        await pod.RunAsync("backup.sh", "list");
        Assert.Equal($"rclone lsf {place}", pod.CallsOf("rclone").First());
    }

    [Fact]
    public async Task With_wrong_credentials_nothing_is_even_copied()
    {
        using var pod = BackupPods.Make();
        pod.UsesRemote();
        pod.Write("programs/rclone.denied", string.Empty);

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("no backup: the store cannot be read", run.Said[^1]);
        Assert.EndsWith("NOTICE: Failed to lsf: AccessDenied: 403", run.Said[^2], StringComparison.Ordinal);
        Assert.Empty(pod.CallsOf("mysqld"));
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_known_before_anything_is_copied()
    {
        using var pod = BackupPods.Make();
        pod.UsesRemote();
        pod.Write("programs/rclone.readonly", string.Empty);

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal((3, "no backup: the store cannot be written; the reason stands above"), (run.ExitCode, run.Said[^1]));
        Assert.Empty(pod.CallsOf("mysqld"));
        Assert.Empty(pod.CallsOf("mysql"));
    }

    /// <summary>At each call that writes or reads a file of the store, half done: what has a manifest then is whole, and the next runs do not mind the others.</summary>
    [Fact]
    public async Task Killed_at_any_moment_it_leaves_a_whole_backup_or_none_and_the_next_run_does_not_mind()
    {
        using var pod = BackupPods.Make();
        var states = new List<string>();
        // The first moment is that of packing; the others are calls of cp.
        for (var moment = -1; moment < 12; moment++)
        {
            pod.Write(moment < 0 ? "programs/zstd.kill" : "programs/cp.kill", $"{moment}");
            var run = await pod.KillAsync("backup.sh", TimeSpan.FromMinutes(2), "make");
            if (run.ExitCode == 0)
            {
                break;
            }

            Assert.Equal(137, run.ExitCode);
            var id = Assert.Single(pod.Ids());
            var state = await StateAsync(pod, id);
            var half = File.Exists(pod.Path($"store/mysql/{id}/data/half"));
            states.Add(half ? "partial, with files" : state);
            Assert.Equal(File.Exists(pod.Path($"store/mysql/{id}/manifest")) ? 0 : 2, (await pod.RunAsync("backup.sh", "verify", id)).ExitCode);
            // What is there would be read first by the next one, by calls of the same program.
            Directory.CreateDirectory(pod.Path("aside"));
            Directory.Move(pod.Path($"store/mysql/{id}"), pod.Path($"aside/{id}"));
            await BackupPods.PassAsync(id);
        }

        // Packing; begun, the copy, begun again, both lists, the manifest; reading the manifest, then all that is there and small, and what says that it is good.
        Assert.Equal(["partial, with files", .. Enumerable.Repeat("partial", 6), .. Enumerable.Repeat("unproved", 6)], states);
        File.Delete(pod.Path("programs/cp.kill"));
        Directory.Delete(pod.Path("store/mysql"), recursive: true);
        Directory.Move(pod.Path("aside"), pod.Path("store/mysql"));
        var killed = pod.Ids();
        Assert.Equal(0, (await pod.RunAsync("backup.sh", "make")).ExitCode);
        Assert.Equal("good", await StateAsync(pod, Assert.Single(pod.Ids().Except(killed))));
    }

    /// <summary>An object of a backup with one byte that is another one, and cut off, at every tenth of it.</summary>
    [Theory]
    [InlineData("manifest")]
    [InlineData("files")]
    [InlineData("verified")]
    [InlineData("data/shop/orders.ibd.zst")]
    public async Task No_byte_that_is_another_one_and_no_end_that_is_missing_passes(string file)
    {
        using var pod = BackupPods.Make();
        var id = await pod.HasBackupAsync();
        var run = await pod.CallAsync(
            Library,
            $$"""
            judge() {
                local code=0
                /bin/rm -rf "$VOLUME"/in "$VOLUME"/out
                look_at {{id}} || { echo "no answer"; return; }
                [[ $STATE != damaged ]] || { echo caught; return; }
                [[ $STATE != unproved ]] || { echo "no longer proved"; return; }
                fetch_archive {{id}} "$VOLUME/in" || code=$?
                ((code != 0)) || unpack "$VOLUME/in" "$VOLUME/out" || code=$?
                if ((code == 2)); then echo caught; else echo "$code $STATE"; fi
            }
            cd "$STORE/mysql/{{id}}"
            for file in {{file}}; do
                /bin/cp "$file" "$WORK/whole"
                for ((tenth = 0; tenth < 10; tenth++)); do
                    at=$(($(size_of "$WORK/whole") * tenth / 10))
                    byte=$(tail -c +$((at + 1)) "$WORK/whole" | head -c 1 | od -An -tu1 | tr -d ' ')
                    printf "\\x$(printf %x $(((byte + 1) % 256)))" | dd of="$file" bs=1 seek="$at" conv=notrunc status=none
                    echo "$file changed: $(judge 2>/dev/null)"
                    head -c "$at" "$WORK/whole" >"$file"
                    echo "$file cut: $(judge 2>/dev/null)"
                    /bin/cp "$WORK/whole" "$file"
                done
            done
            echo "as it was: $(judge 2>/dev/null)"
            """);
        Assert.Equal(0, run.ExitCode);
        var said = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(21, said.Length);
        Assert.Equal("as it was: 0 good", said[^1]);
        Assert.All(said.SkipLast(1), line => Assert.EndsWith(line.StartsWith("verified", StringComparison.Ordinal) ? ": no longer proved" : ": caught", line, StringComparison.Ordinal));
    }

    /// <summary>As by memory that fails while it is packed: the list tells of it what is there, and zstd's own checksum does not.</summary>
    [Fact]
    public async Task What_was_packed_wrongly_is_damaged_and_no_lack_of_room()
    {
        using var pod = BackupPods.Make();
        var id = await pod.HasBackupAsync();
        var run = await pod.CallAsync(
            Library,
            $$"""
            /bin/cp -R "$STORE/mysql/{{id}}" "$VOLUME/in"
            object=$VOLUME/in/data/shop/orders.ibd.zst
            before=$(digest <"$object")
            byte=$(tail -c 1 "$object" | od -An -tu1 | tr -d ' ')
            printf "\x$(printf %x $(((byte + 1) % 256)))" | dd of="$object" bs=1 seek="$(($(size_of "$object") - 1))" conv=notrunc status=none
            sed -i "s/$before/$(digest <"$object")/" "$VOLUME/in/files"
            code=0; unpack "$VOLUME/in" "$VOLUME/out" || code=$?
            echo "$code"
            rm -rf "$WORK" "$STORE_REPORT"
            """);
        Assert.Equal("2\n", run.Output);
        Assert.Equal("shop/orders.ibd is damaged: it was so when it was packed", run.Said[^1]);
    }

    [Fact]
    public async Task A_damaged_backup_is_found_and_neither_counted_nor_restored_from_any_more()
    {
        using var pod = BackupPods.Make();
        var id = await pod.HasBackupAsync();
        File.Delete(pod.Path($"store/mysql/{id}/data/shop/orders.ibd.zst"));

        var run = await pod.RunAsync("backup.sh", "verify", "latest");

        Assert.Equal(4, run.ExitCode);
        Assert.Equal(["shop/orders.ibd is missing", $"the backup {id} is damaged, and not restored from or counted as one; the reason stands above"], run.Said);
        Assert.Equal("damaged", await StateAsync(pod, id));
        var again = await pod.RunAsync("backup.sh", "verify", "latest");
        Assert.Equal((2, "there is no good backup of mysql in /store"), (again.ExitCode, again.Said[^1]));
    }

    /// <summary>What rclone finds itself, by the digest that the store keeps, or by what encryption says; and no more than that.</summary>
    [Theory]
    [InlineData("corrupted on transfer: md5 hashes differ src(S3 bucket backups)", 4, "damaged")]
    [InlineData("failed to authenticate decrypted block - bad password?", 4, "damaged")]
    [InlineData("RequestTimeout: 408", 3, "good")]
    public async Task Other_bytes_than_were_stored_are_damage_and_a_store_that_is_away_is_not(string words, int code, string state)
    {
        using var pod = BackupPods.Make();
        pod.UsesRemote();
        var id = await pod.HasBackupAsync(BackupPods.Remote);
        pod.Write("programs/rclone.other", words);

        var run = await pod.RunAsync("backup.sh", "verify", id);
        Assert.Equal(code, run.ExitCode);
        Assert.EndsWith($"NOTICE: Failed to copy: {words}", run.Said[^2], StringComparison.Ordinal);
        Assert.Equal(state, await StateAsync(pod, id));
        File.Delete(pod.Path($"{BackupPods.Remote}/mysql/{id}/damaged"));
        Assert.Equal(code, (await pod.RunAsync("restore.sh")).ExitCode);
    }

    [Fact]
    public async Task A_good_backup_is_verified_again()
    {
        using var pod = BackupPods.Make();
        var id = await pod.HasBackupAsync();
        var run = await pod.RunAsync("backup.sh", "verify", id);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"the backup {id} is good: ", run.Said[^1], StringComparison.Ordinal);
    }

    /// <summary>Three good ones are kept, the one that was just made among them; of what is not this cluster's, or of which that is not sure, nothing goes.</summary>
    [Theory]
    [InlineData(3, 0, "20200101T000000Z 20200103T000000Z 20200105T000000Z 20200106T000000Z 20200109T000000Z new")]
    [InlineData(1, 0, "20200101T000000Z 20200105T000000Z 20200106T000000Z new")]
    [InlineData(9, 30, "20200101T000000Z 20200105T000000Z 20200106T000000Z new")]
    [InlineData(9, 0, "20200101T000000Z 20200102T000000Z 20200103T000000Z 20200105T000000Z 20200106T000000Z 20200109T000000Z new")]
    public async Task Those_that_are_too_many_or_too_old_go_and_nothing_else(int count, int days, string kept)
    {
        using var pod = BackupPods.Make();
        pod.Environment["KEEP_COUNT"] = $"{count}";
        pod.Environment["KEEP_DAYS"] = $"{days}";
        await pod.HasBackupsAsync(Earlier);

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(kept, string.Join(' ', pod.Ids().Select(id => id.StartsWith("2020", StringComparison.Ordinal) ? id : "new")));
    }

    /// <summary>What the server's image has: no diffutils, above all.</summary>
    [Fact]
    public async Task The_programs_of_the_servers_image_are_enough()
    {
        using var pod = BackupPods.Make();
        pod.HasOnlyProgramsOfTheImage();

        var made = await pod.RunAsync("backup.sh", "make");
        var restored = await pod.RunAsync("restore.sh");

        Assert.Equal((0, 0), (made.ExitCode, restored.ExitCode));
        Assert.DoesNotContain("command not found", made.Errors + restored.Errors, StringComparison.Ordinal);
        pod.Write("programs/answers", string.Empty);
        pod.Answers("*", "gtid_executed", BackupPods.Executed);
        pod.Answers("*", BackupPods.ListsTables, "CHECKSUM TABLE `shop`.`orders`;");
        pod.Answers("*", "CHECKSUM TABLE", "shop.orders\\t124");
        var verified = await pod.RunAsync("backup.sh", "verify", "latest");
        Assert.Equal((4, $"tables of the backup {pod.Ids()[0]} are not those of the copy: shop.orders\t123"), (verified.ExitCode, verified.Said[^2]));
    }

    [Fact]
    public async Task Tables_that_came_without_their_rows_are_named_wherever_the_backup_is()
    {
        using var pod = BackupPods.Make();
        pod.AnswersInstead(() => pod.Answers("*", "NOT ENGINE <=> 'InnoDB'", "shop.sessions, shop.words"));

        var run = await pod.RunAsync("backup.sh", "make");

        const string lacking = ". It LACKS THE ROWS of tables that are not InnoDB, which CLONE does not copy: shop.sessions, shop.words";
        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith($" s{lacking}", run.Said[^1], StringComparison.Ordinal);
        Assert.EndsWith("\nemptied shop.sessions, shop.words\n", pod.Read($"store/mysql/{pod.Ids()[0]}/manifest").Split("sum ")[0], StringComparison.Ordinal);
        Assert.EndsWith($"id-of-shop{lacking}\n", (await pod.RunAsync("backup.sh", "list")).Output, StringComparison.Ordinal);
        Assert.EndsWith(lacking, (await pod.RunAsync("restore.sh")).Said[0], StringComparison.Ordinal);
    }

    /// <summary>Of a remote that keeps no time of change, two manifests of the same size are not taken for one.</summary>
    [Fact]
    public async Task What_is_read_from_a_remote_is_what_was_asked_for()
    {
        using var pod = BackupPods.Make();
        pod.UsesRemote();
        await pod.HasBackupAsync(BackupPods.Remote);
        await BackupPods.PassAsync(pod.Ids(BackupPods.Remote)[0]);
        Assert.Equal(0, (await pod.RunAsync("backup.sh", "make")).ExitCode);

        var list = await pod.RunAsync("backup.sh", "list");

        Assert.Equal(["good", "good"], list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
    }

    /// <summary>Before the new one is stored; else a store that is full never takes one again.</summary>
    [Fact]
    public async Task A_store_that_is_full_gets_room_from_what_is_too_much()
    {
        using var pod = BackupPods.Make();
        pod.Environment["KEEP_COUNT"] = "1";
        await pod.HasBackupsAsync(Earlier);
        pod.Write("programs/cp.full", "2");

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("20200101T000000Z 20200105T000000Z 20200106T000000Z 20200107T000000Z 20200109T000000Z", string.Join(' ', pod.Ids()));
    }

    [Fact]
    public async Task Of_those_that_were_never_proved_the_newest_is_kept_until_there_is_a_good_one()
    {
        using var pod = BackupPods.Make();
        await pod.HasBackupsAsync("20200107T000000Z id-of-shop unproved\n20200108T000000Z id-of-shop unproved\n20200109T000000Z unknown partial");
        pod.Write("programs/cp.full", "1");
        Assert.Equal(3, (await pod.RunAsync("backup.sh", "make")).ExitCode);
        Assert.Equal(["20200108T000000Z"], pod.Ids());
    }

    /// <summary>The newest good one of this cluster stays, whoever's is newer.</summary>
    [Fact]
    public async Task An_old_good_backup_stays_while_there_is_no_newer_one_of_this_cluster()
    {
        using var pod = BackupPods.Make();
        pod.Environment["KEEP_DAYS"] = "1";
        await pod.HasBackupsAsync("20200102T000000Z id-of-shop good\n20200103T000000Z another good");
        pod.Write("programs/cp.full", "1");
        var run = await pod.RunAsync("backup.sh", "make");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(["20200102T000000Z", "20200103T000000Z"], pod.Ids());
        Assert.Contains(run.Said, said => said.StartsWith("the newest good backup in /store, 20200103T000000Z, is of another cluster (another) that is or was called mysql, too: from \"latest\" nothing is restored", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public async Task With_a_clock_that_is_wrong_nothing_is_made(int ahead)
    {
        using var pod = BackupPods.Make();
        pod.Write("programs/answers", string.Empty);
        pod.TellsTime(ahead);

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches("^no backup: the clock of mysql-0.mysql and this pod's are [34][0-9][0-9] s apart, and a backup's time says which one is the newest. Set the clocks of the nodes$", run.Said[^1]);
        Assert.Empty(pod.CallsOf("mysqld"));
        Assert.Empty(pod.Ids());
    }

    [Fact]
    public async Task While_a_backup_lies_in_the_future_nothing_is_removed()
    {
        using var pod = BackupPods.Make();
        pod.Environment["KEEP_COUNT"] = "1";
        await pod.HasBackupsAsync($"{Earlier}\n20990101T000000Z id-of-shop good");

        var run = await pod.RunAsync("backup.sh", "make");

        Assert.Equal((0, 10), (run.ExitCode, pod.Ids().Count));
        Assert.Contains("20990101T000000Z lies in the future by this pod's clock; nothing is removed before a person has looked at that: which ones are old is not known", run.Said);
    }

    [Fact]
    public async Task What_does_not_pass_a_later_test_is_called_good_no_longer()
    {
        using var pod = BackupPods.Make();
        var id = await pod.HasBackupAsync();
        pod.Write("programs/answers", string.Empty);
        pod.Answers("*", "gtid_executed", "x:1");

        Assert.Equal(4, (await pod.RunAsync("backup.sh", "verify", "latest")).ExitCode);

        Assert.Equal("unproved", await StateAsync(pod, id));
        Assert.False(File.Exists(pod.Path($"store/mysql/{id}/verified")));
    }

    /// <summary>Killed while it removes, it leaves what says whose it was, and the next run goes on.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whose_a_backup_was_is_known_until_all_else_of_it_is_gone(bool remote)
    {
        using var pod = BackupPods.Make();
        var store = "store";
        if (remote)
        {
            pod.UsesRemote();
            store = BackupPods.Remote;
        }

        var id = await pod.HasBackupAsync(store);
        // The last step is not there to be done.
        var run = await pod.CallAsync(
            Library,
            $$"""
            rm() { if [[ $* == "-rf $STORE/mysql/{{id}}" ]]; then false; else command rm "$@"; fi; }
            remote() { if [[ $1 == purge ]]; then false; else "${RCLONE:-rclone}" "$@"; fi; }
            store_remove {{id}} || command rm -rf "$WORK" "$STORE_REPORT"
            """);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["begun"], pod.Files($"{store}/mysql/{id}").Keys);
    }

    [Theory]
    [InlineData("make", "now", 2, "it takes make, list, show ID or verify ID")]
    [InlineData("verify", "yesterday", 2, "'yesterday' is no backup's id, such as 20261127T023000Z, nor latest")]
    [InlineData("verify", "20261127T023000Z", 2, "20261127T023000Z is no backup: it is not there, or has no manifest, as it was not made to its end")]
    [InlineData("show", "20261127T023000Z", 2, "20261127T023000Z is no backup: it has no manifest")]
    public async Task What_cannot_be_asked_gets_a_sentence(string command, string argument, int code, string said)
    {
        using var pod = BackupPods.Make();
        var run = await pod.RunAsync("backup.sh", command, argument);
        Assert.Equal((code, said), (run.ExitCode, run.Said[^1]));
    }

    /// <summary>Readers' own measure of a sound replica, the one that is least behind first; then the primary, and what is behind or stopped last.</summary>
    [Fact]
    public async Task The_healthiest_replica_gives_the_copy_and_the_primary_only_when_there_is_none()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.Environment["STORE_DIRECTORY"] = pod.Path("volume");
        pod.Environment["STORE_SYSTEM"] = "mysql";
        (pod.Environment["KEEP_COUNT"], pod.Environment["KEEP_DAYS"], pod.Environment["DEADLINE_SECONDS"]) = ("1", "0", "1");
        pod.KeepFunctionsOf("backup.sh");
        string[] lags = ["0", "7", "900", "2", "NULL"];
        pod.Resolves("mysql", [.. Enumerable.Range(0, 6).Select(ordinal => $"10.0.0.{ordinal}")]);
        foreach (var ordinal in Enumerable.Range(0, 6))
        {
            pod.Resolves($"mysql-{ordinal}.mysql", $"10.0.0.{ordinal}");
            var lag = lags[Math.Min(ordinal, lags.Length - 1)];
            pod.Answers(
                $"backup:*@mysql-{ordinal}.mysql", "SHOW REPLICA STATUS",
                $"server_id: {ordinal}\\nReplica_IO_Running: {(ordinal == 5 ? "No" : "Yes")}\\nReplica_SQL_Running: Yes\\nSeconds_Behind_Source: {(ordinal == 5 ? "0" : lag)}");
        }

        var run = await pod.CallAsync("backup.sh", "load_secrets; donors");

        Assert.Equal("3 1 0 2 4 5", run.Output.TrimEnd().Replace('\n', ' '));
    }

    private static async Task<string> StateAsync(ScriptPod pod, string id) => (await pod.CallAsync(Library, $"look_at {id}; echo $STATE; rm -rf \"$WORK\"")).Output.TrimEnd();
}
