using System.Globalization;
using Trials.Instances;

namespace Trials.Bench;

/// <summary>Rows of random bytes, which nothing can compress.</summary>
internal static class DataSet
{
    private const int RowBytes = 1024;
    private const int DoublingsOfBatch = 16;
    private const int BatchesOfGigabyte = (1 << 30) / (RowBytes << DoublingsOfBatch);

    /// <summary>The least that can be loaded, in gigabytes: one batch.</summary>
    public const double Least = 1.0 / BatchesOfGigabyte;

    // Not in the binary log, which a backup leaves out and a raw copy does not.
    private const string Unlogged = "SET SESSION sql_log_bin = 0;";

    /// <summary>Loads a server that has no replicas yet.</summary>
    /// <param name="lab">The instance.</param>
    /// <param name="pod">The server's pod.</param>
    /// <param name="gigabytes">How many times 2^30 bytes of rows; the tables are about a tenth larger.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task LoadAsync(TemporaryLab lab, string pod, double gigabytes, CancellationToken cancel)
    {
        var doubling = string.Concat(Enumerable.Repeat("INSERT INTO bench.batch (id) SELECT NULL FROM bench.batch;\n", DoublingsOfBatch));
        await lab.SqlAsync(
            pod,
            $"""
            {Unlogged}
            CREATE DATABASE bench;
            CREATE TABLE bench.batch (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;
            CREATE TABLE bench.filler (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, body VARBINARY({RowBytes}) NOT NULL) ENGINE=InnoDB;
            INSERT INTO bench.batch (id) VALUES (NULL);
            {doubling}
            """,
            cancel);
        var insert = string.Create(CultureInfo.InvariantCulture, $"{Unlogged} INSERT INTO bench.filler (body) SELECT RANDOM_BYTES({RowBytes}) FROM bench.batch;");
        for (var batch = 0; batch < Math.Round(gigabytes * BatchesOfGigabyte); batch++)
        {
            await lab.SqlAsync(pod, insert, cancel);
        }
    }
}
