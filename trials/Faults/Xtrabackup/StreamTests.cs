using System.Diagnostics;
using Lab.Processes;
using Trials.Clusters;
using Xunit;

namespace Trials.Faults.Xtrabackup;

/// <summary>The backup's stream ends early, or cannot begin, and its donor looks as if nothing were wrong.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class StreamTests(SeedingFixture fixture) : IClassFixture<SeedingFixture>
{
    private const string Incomplete = "the stream ended before the backup was complete";
    private static readonly string[] Rivals = ["mysql-1", "mysql-2"];

    /// <summary>A donor's backup tool that once sends whole chunks only, but not those of one file.</summary>
    internal static string LeavesOut(string file, string then) => $$"""
        [[ " $* " == *" --backup "* && ! -e /tmp/cut ]] || exec "$real" "$@"
        touch /tmp/cut
        whole=$(mktemp -d)
        "$real" "$@" | xbstream -x -C "$whole" || exit
        cd "$whole" || exit
        mapfile -t names < <(find . -type f ! -path './{{file}}' -printf '%P\n')
        xbstream -c "${names[@]}"
        {{then}}
        """;

    /// <summary>A backup tool that once takes the lock under which nobody writes, and has it while it sends, for 50 seconds at most.</summary>
    private const string LocksAndSends = $$"""
        [[ " $* " == *" --backup "* && ! -e /tmp/locked ]] || exec "$real" "$@"
        touch /tmp/locked
        {{LabContainer.Hold}}
        for option in "$@"; do case $option in --defaults-file=*) options=${option#*=} ;; esac; done
        mysql --defaults-file="$options" --unbuffered < <(echo "FLUSH TABLES WITH READ LOCK; SELECT 'taken';"; exec sleep 50) >/tmp/lock &
        client=$!
        echo "Starting to backup non-InnoDB tables and files" >&2
        cat /dev/zero &
        trap 'kill "$client" "$!"; exit 1' TERM
        wait "$!"
        kill "$client"
        """;

    [SkippableFact]
    public async Task F04_a_donors_backup_process_that_dies_in_mid_stream_is_noticed_and_asked_again()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        donor.Replace("xtrabackup", SeedingKillTests.SendsThenHolds(20_000_000));
        lab.Lab.Scale(FaultLab.Set, 2);
        await donor.HeldAsync();
        (await donor.ProcessAsync("xtrabackup.real", "--backup")).Signal(PosixSignalNumber.Kill);
        donor.Release();

        await lab.SeededAsync();
        // The cut is in the middle of a chunk, which the tool that unpacks may notice first.
        Assert.Matches($"the stream could not be unpacked|{Incomplete}", lab.Log("mysql-1", "clone-mysql"));
        Assert.Contains("the backup failed", lab.Log("mysql-0", "xtrabackup"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("xtrabackup_info")]
    [InlineData("faults/bulk.ibd")]
    public async Task F05_a_stream_cut_between_chunks_with_a_file_missing_is_noticed_and_asked_for_again(string missing)
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        // What tells that it was done once is in a volume of the pod, which outlives the container.
        File.Delete(donor.Path("/tmp/cut"));
        donor.Replace("xtrabackup", LeavesOut(missing, "kill -KILL $PPID"));
        lab.Lab.Scale(FaultLab.Set, 2);

        await lab.SeededAsync();
        Assert.Contains(Incomplete, lab.Log("mysql-1", "clone-mysql"), StringComparison.Ordinal);
        Assert.True(File.Exists(donor.Path("/tmp/cut")));
    }

    [SkippableFact]
    public async Task F43_a_receiver_whose_machine_is_gone_does_not_hold_the_donor_s_writers_up()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        donor.Replace("xtrabackup", LocksAndSends);
        lab.Lab.Scale(FaultLab.Set, 2);
        await donor.HeldAsync();
        var receiver = await (await lab.RunningAsync("mysql-1", "clone-mysql")).ProcessAsync("ncat");
        LabContainer.Freeze(receiver);
        donor.Release();
        await ClusterWaits.UntilAsync(() => Task.FromResult(File.Exists(donor.Path("/tmp/lock")) && new FileInfo(donor.Path("/tmp/lock")).Length > 0), () => "the tables to be locked", 30);

        var held = Stopwatch.StartNew();
        await lab.WriteAsync().WaitAsync(TimeSpan.FromSeconds(90));
        Assert.InRange(held.Elapsed.TotalSeconds, 5, 40);
        await lab.SaysAsync("mysql-0", "xtrabackup", "took nothing for 2");
        LabContainer.Thaw(receiver);
        await lab.SeededAsync();
    }

    [SkippableFact]
    public async Task F06_a_replica_waits_for_its_turn_while_the_donor_serves_another()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        donor.Replace("xtrabackup", SeedingKillTests.SendsThenHolds(1));
        // The seeding script itself as another client, under the name of a pod that there is not.
        var other = lab.Lab.ExecAsync(
            "mysql-0",
            "xtrabackup",
            ["env", "HOSTNAME=mysql-1", "VOLUME_DIRECTORY=/tmp/other", "bash", "-c", "mkdir -p /tmp/other/mysql && exec bash /mnt/scripts/clone-mysql.sh"]);
        await donor.HeldAsync();

        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.SaysAsync("mysql-1", "clone-mysql", "busy with another backup; waiting for a turn");
        donor.Release();

        var first = await other;
        Assert.True(first.ExitCode == 0, first.StandardError);
        await lab.SeededAsync();
    }

    [SkippableFact]
    public async Task F26_two_replicas_that_ask_one_donor_at_once_both_end_seeded()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql57, 1, change: manifests =>
        {
            manifests.Single(one => one.Kind == "StatefulSet").Body["spec"]!["podManagementPolicy"] = "Parallel";
            return manifests;
        });
        await lab.LoadAsync(8);
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        donor.Replace("xtrabackup", SeedingKillTests.SendsThenHolds(1));
        lab.Lab.Scale(FaultLab.Set, 3);
        await donor.HeldAsync();
        await lab.UntilAsync(
            () => Rivals.Any(pod => lab.Log(pod, "clone-mysql").Contains("mysql-0.mysql: busy with another backup", StringComparison.Ordinal)),
            "one of two replicas to wait for the other");
        donor.Release();

        await lab.SeededAsync(3);
    }

    [SkippableFact]
    public async Task F28_a_client_without_the_secret_is_refused_and_gets_nothing()
    {
        const string Thief =
            """
            digits=$(printf 'a%.0s' {1..64})
            for hello in '' 'give me all' "$digits $digits mysql-1"; do
                for option in --ssl ''; do
                    { sleep 0.3; printf '%s\n' "$hello"; sleep 1; } | timeout 20 ncat $option --wait 5 mysql-0.mysql 3307 2>/dev/null >/tmp/taken
                    printf '%s %s\n' "$(wc -c </tmp/taken)" "$(grep -ac XBSTCK /tmp/taken)"
                done
            done
            """;
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var taken = await lab.Lab.ExecAsync("mysql-0", "xtrabackup", ["bash", "-c", Thief]);
        var answers = taken.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToList();
        Assert.Equal(6, answers.Count);
        Assert.All(answers, answer => Assert.InRange(int.Parse(answer[0], System.Globalization.CultureInfo.InvariantCulture), 0, 100));
        Assert.All(answers, answer => Assert.Equal("0", answer[1]));
        await lab.SaysAsync("mysql-0", "xtrabackup", "does not know the backup password; refused, nothing was sent");
        Assert.DoesNotContain("backup begins", string.Join('\n', lab.Lab.Logs("mysql-0", "xtrabackup")), StringComparison.Ordinal);
    }
}
