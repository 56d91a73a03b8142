using System.Text.Json.Nodes;
using Lab.Manifests;
using Xunit;

namespace Trials.Faults.Clone;

/// <summary>Passwords and certificates that change, a server that has forgotten who logged in before, and clients that may not.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class CredentialTests(ReplicaFixture fixture) : IClassFixture<ReplicaFixture>
{
    // Empties the cache of logins. In the binary log of a replica it would be an errant transaction.
    private const string ForgetLogins = "FLUSH LOCAL PRIVILEGES;";

    [SkippableFact]
    public async Task F28_the_backup_user_is_refused_without_TLS_or_password_and_has_no_more_rights_than_a_donor_needs()
    {
        const string Client =
            """
            exec mysql --defaults-file=<(printf '[client]\nuser=backup\npassword=%s\nhost=mysql-0.mysql\n' "$2") $1 --batch --skip-column-names <<<"$3" 2>&1
            """;
        var lab = await fixture.ReadyAsync(this, ServerTerms.MySql84, 2);
        var password = await File.ReadAllTextAsync((await lab.RunningAsync("mysql-1", "mysql")).Path("/mnt/credentials/backup-password"));
        async Task<string> AskAsync(string option, string shown, string statement) => (await lab.Cluster.ExecAsync("mysql-1", "mysql", "bash", "-c", Client, "client", option, shown, statement)).Output.Trim();

        Assert.Equal("1", await AskAsync("--ssl-mode=REQUIRED", password, "SELECT 1;"));
        Assert.Matches("ERROR (1045|2061)", await AskAsync("--ssl-mode=DISABLED", password, "SELECT 1;"));
        Assert.StartsWith("ERROR 1045", await AskAsync("--ssl-mode=REQUIRED", "guessed", "SELECT 1;"), StringComparison.Ordinal);
        Assert.StartsWith("ERROR 1142", await AskAsync("--ssl-mode=REQUIRED", password, "SELECT COUNT(*) FROM faults.later;"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task F28_users_have_the_rights_that_the_documentation_says()
    {
        var lab = await fixture.ReadyAsync(this, ServerTerms.MySql84, 2);
        foreach (var user in DocumentedUser.All.Where(user => user.Name != "metrics"))
        {
            Assert.Equal(user.Grants, (await lab.Cluster.SqlAsync("mysql-0", $"SHOW GRANTS FOR {user.Account};")).Split('\n').SelectMany(DocumentedUser.Split).Order(StringComparer.Ordinal));
            Assert.Equal(user.Over == "TLS" ? "ANY" : "", await lab.Cluster.SqlAsync("mysql-0", $"SELECT ssl_type FROM mysql.user WHERE CONCAT_WS('@', User, Host) = '{user.Name}@{user.Host}';"));
        }

        Assert.Equal(
            DocumentedUser.All.Where(user => user.Name != "metrics").Select(user => $"{user.Name}@{user.Host}").Concat(["root@%", "root@localhost"]).Order(StringComparer.Ordinal),
            (await lab.Cluster.SqlAsync("mysql-0", "SELECT CONCAT_WS('@', User, Host) FROM mysql.user WHERE User NOT LIKE 'mysql.%';")).Split('\n').Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task F31_passwords_rotated_before_and_during_a_clone_stop_neither_it_nor_replication()
    {
        var lab = await fixture.ReadyAsync(this, ServerTerms.MySql84, 2);
        await lab.EmptyClaimAsync("mysql-2");
        var (_, server) = await lab.HeldInStageAsync("FILE COPY", ordinal: 2);
        await RotateAsync(lab, "during");
        LabContainer.Thaw(server);
        await lab.SeededAsync(3);

        // Both are taken for a while, so that nobody is refused in between.
        const string Retained = "SELECT GROUP_CONCAT(User ORDER BY User) FROM mysql.user WHERE User_attributes->>'$.additional_password' IS NOT NULL AND Host = '%';";
        Assert.Equal("backup,replication,root", await lab.Cluster.SqlAsync("mysql-1", Retained));

        await lab.ScaleAsync(2);
        await lab.EmptyClaimAsync("mysql-2");
        await RotateAsync(lab, "before");
        await lab.SeededAsync(3);
        Assert.Equal(string.Empty, (await lab.Cluster.StatusAsync("mysql-1"))["error"]);
    }

    [SkippableFact]
    public async Task F32_replication_and_new_clones_go_on_with_a_new_certificate_of_the_primary()
    {
        var lab = await fixture.ReadyAsync(this, ServerTerms.MySql84, 2);
        await lab.EmptyClaimAsync("mysql-2");
        var data = Path.Combine(await lab.VolumeAsync("mysql-0"), "mysql");
        var certificate = await File.ReadAllTextAsync(Path.Combine(data, "server-cert.pem"));
        foreach (var file in Directory.EnumerateFiles(data, "*.pem"))
        {
            File.Delete(file);
        }

        await lab.ReplaceAsync("mysql-0");
        await lab.SeededAsync();
        Assert.NotEqual(certificate, await File.ReadAllTextAsync(Path.Combine(data, "server-cert.pem")));
        lab.Lab.Scale(FaultLab.Set, 3);
        await lab.SeededAsync(3);
    }

    [SkippableFact]
    public async Task F34_a_server_that_knows_no_earlier_login_lets_replicas_clones_and_probes_in()
    {
        var lab = await fixture.ReadyAsync(this, ServerTerms.MySql84, 2);
        await lab.EmptyClaimAsync("mysql-2");
        await lab.KillAsync(await lab.RunningAsync("mysql-0", "mysql"));
        await lab.SeededAsync();
        await lab.Cluster.SqlAsync("mysql-0", ForgetLogins);
        await lab.Cluster.SqlAsync("mysql-1", ForgetLogins);
        lab.Lab.Scale(FaultLab.Set, 3);
        await lab.SeededAsync(3);
        await lab.Cluster.SqlAsync("mysql-0", ForgetLogins);
        await lab.Cluster.SqlAsync("mysql-1", $"{ServerTerms.MySql84.StopReplication}; {ServerTerms.MySql84.StartReplication};");
        await lab.SeededAsync(3);
    }

    // All passwords, in the Secret; whoever uses them has to notice.
    internal static async Task RotateAsync(FaultLab lab, string word, int replicas = 3)
    {
        await lab.ApplyAsync(replicas, manifests => [.. manifests.Select(manifest => manifest.Kind == "Secret" ? Rotated(manifest, word) : manifest)]);
        await lab.SaysAsync("mysql-0", "replication", "root has the Secret's new password");
    }

    private static Manifest Rotated(Manifest secret, string word)
    {
        var values = secret.Body["stringData"]!.AsObject();
        foreach (var key in values.Select(pair => pair.Key).ToList())
        {
            values[key] = JsonValue.Create($"{values[key]}"[..(32 - word.Length)] + word);
        }

        return secret;
    }
}
