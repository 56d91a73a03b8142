using System.Globalization;
using System.Security.Cryptography;
using Cli.Commands;
using Cli.Status;
using Infra.MySql;
using Lab;
using Lab.Manifests;
using Lab.Processes;
using Trials.Instances;

namespace Trials.Soak;

/// <summary>A writer and a reader beside the pods, with a user of their own.</summary>
internal sealed class SoakClient : IAsyncDisposable
{
    private const string Folder = "/mnt/soak";
    private const string Scripts = "/mnt/scripts";
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly TimeSpan Forever = TimeSpan.FromDays(7);
    private static readonly TimeSpan QueryLimit = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly HashSet<long> acknowledged = [];
    private readonly SideContainer container;
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;
    private int answered;
    private int refused;

    private SoakClient(SideContainer container, MySqlServers servers)
    {
        this.container = container;
        work = Task.WhenAll(
            LoopAsync("writer.sh", servers.Identity.PrimaryHost, Wrote),
            LoopAsync("reader.sh", ReadService.NameFor(servers.Identity.Name), line => Interlocked.Increment(ref line == "answered" ? ref answered : ref refused)));
    }

    /// <summary>Reads that were answered and refused so far.</summary>
    public (int Answered, int Refused) Reads => (answered, refused);

    /// <summary>The numbers of all rows whose insert the primary has acknowledged.</summary>
    public IReadOnlyCollection<long> Acknowledged
    {
        get
        {
            lock (gate)
            {
                return [.. acknowledged];
            }
        }
    }

    /// <summary>Makes the table and the user on the primary, and starts to write and read.</summary>
    public static async Task<SoakClient> StartAsync(TemporaryLab lab, MySqlServers servers, CancellationToken cancel)
    {
        var password = RandomNumberGenerator.GetString(Letters, 32);
        await lab.SqlAsync(
            servers.Identity.Pod(0),
            $"""
            CREATE DATABASE soak;
            CREATE TABLE soak.writes (id BIGINT UNSIGNED PRIMARY KEY, body CHAR(32) NOT NULL) ENGINE=InnoDB;
            CREATE USER 'soak'@'%' IDENTIFIED BY '{password}';
            GRANT SELECT, INSERT ON soak.* TO 'soak'@'%';
            """,
            cancel);
        var folder = Path.Combine(lab.Folder.Path, "client");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "client.cnf"), $"[client]\nuser=soak\npassword={password}\n");
        var image = PodContainers.Image(servers.Set, MySqlStatus.Container)!;
        var scripts = Path.Combine(ProjectFolder.Root, "trials", "Soak");
        return new SoakClient(await SideContainer.StartAsync(lab, "client", image, (folder, Folder), (scripts, Scripts)), servers);
    }

    /// <summary>Ends both.</summary>
    /// <exception cref="ClusterException">One had ended before, which it never should.</exception>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await work;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    /// <summary>Asks a server, as the writer's user.</summary>
    public Task<CommandResult> QueryAsync(string host, string statements, CancellationToken cancel) => container.ExecAsync(
        ["mysql", $"--defaults-extra-file={Folder}/client.cnf", $"--host={host}", "--connect-timeout=3", "--batch", "--skip-column-names"], QueryLimit, cancel, statements);

    private async Task LoopAsync(string script, string host, Action<string> onLine)
    {
        try
        {
            var ended = await container.ExecAsync(["bash", $"{Scripts}/{script}", host], Forever, stop.Token, onLine: onLine);
            throw new ClusterException($"{script} ended by itself, with exit code {ended.ExitCode}", ended.StandardError.Split('\n'));
        }
        catch (OperationCanceledException)
        {
            // Asked to.
        }
    }

    private void Wrote(string line)
    {
        if (long.TryParse(line, CultureInfo.InvariantCulture, out var number))
        {
            lock (gate)
            {
                acknowledged.Add(number);
            }
        }
    }
}
