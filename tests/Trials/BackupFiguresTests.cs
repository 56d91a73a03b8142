using Lab;
using Trials.Bench;
using Xunit;

namespace Tests.Trials;

public sealed class BackupFiguresTests
{
    private static readonly string[] Log =
    [
        "2026-11-28T03:06:01Z backup.sh: packed 59 files in 8.2 s: 1200.0 MB became 600.0 MB",
        "2026-11-28T03:06:01Z backup.sh: stored 600.0 MB in 1.8 s; now the test: it is fetched back and restored",
        "2026-11-28T03:06:14Z backup.sh: unpacked 59 files in 6.4 s",
        "2026-11-28T03:06:14Z backup.sh: the backup 20261128T030533Z is good: restored and compared in 13 s: 2 tables, transactions x:1-24",
        "2026-11-28T03:06:14Z backup.sh: done: backup 20261128T030533Z from shop-1.shop in 41 s",
    ];

    [Fact]
    public void The_parts_of_a_backup_are_what_its_log_tells() => Assert.Equal(new BackupRunTimes(41, 8.2, 1.8, 6.4, 13, 1200, 600), BackupRunTimes.Of(Log));

    [Fact]
    public void A_line_that_is_missing_ends_it() => Assert.Throws<ClusterException>(() => BackupRunTimes.Of([.. Log.Skip(1)]));

    [Fact]
    public void Rates_stand_beside_those_without_any_check() => Assert.Equal(
        [
            "pack.ratio        0.60  packed and stored at 120 MB/s; tar | zstd: 200 MB/s",
            "unpack.ratio      0.47  unpacked, every digest compared, at 188 MB/s; zstd | tar: 400 MB/s",
            "rest.seconds        25  what tar and zstd have nothing of: the copy by CLONE, servers that start on it and on what came back, and all tables of both read",
            "whole.seconds       41  the last: 1200 MB became 600 MB; packing 8.2 s, storing 1.8 s, restoring and comparing 13 s, of which unpacking 6.4 s",
        ],
        new BackupFigures { Backups = [BackupRunTimes.Of(Log)], Raw = [(6, 3)], RawMegabytes = 1200 }.Lines());
}
