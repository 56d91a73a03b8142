using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Infra.MySql.Profiles;
using Lab.Processes;

namespace Tests.Infra;

/// <summary>
/// A pod's folders in a temporary one, where bash runs the scripts of a profile as the pod's containers do. No server and no name service is
/// there: the programs of <c>Programs/</c> stand in their place and write down how they were called.
/// </summary>
internal sealed partial class ScriptPod : IDisposable
{
    public const string Root = "rootpassword";

    private readonly TemporaryFolder folder = new();
    private readonly ProfileScripts scripts;

    public ScriptPod(string profile, int ordinal)
    {
        scripts = new ProfileScripts(MySqlProfile.Find(profile)!);
        foreach (var name in (string[])["conf.d", "volume", "credentials", "members", "temporary", "programs", "programs/names"])
        {
            Directory.CreateDirectory(Path(name));
        }

        foreach (var user in (string[])["root", "replication", "health", "backup"])
        {
            Write($"credentials/{user}-password", $"{user}password");
        }

        foreach (var program in (string[])["mysqld", "mysqladmin", "mysql", "getent", "sleep", "timeout", "mv", "sync", "cp", "rclone", "ncat", "gtids", "zstd"])
        {
            Place(program, program);
        }

        File.CreateSymbolicLink(Path("programs/mysql_tzinfo_to_sql"), "/bin/true");
        HasMembers(3);
        Write("programs/calls", string.Empty);
        Write("programs/answers", string.Empty);
        Environment = new()
        {
            ["PATH"] = $"{Path("programs")}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["TMPDIR"] = Path("temporary"),
            ["HOSTNAME"] = $"mysql-{ordinal.ToString(CultureInfo.InvariantCulture)}",
            ["CONF_DIRECTORY"] = Path("conf.d"),
            ["VOLUME_DIRECTORY"] = Path("volume"),
            ["DATA_DIRECTORY"] = Path("volume/mysql"),
            ["CREDENTIALS_DIRECTORY"] = Path("credentials"),
            ["CONFIG_MAP_DIRECTORY"] = scripts.Folder,
            ["MEMBERS_DIRECTORY"] = Path("members"),
            ["INITIALISED_DIRECTORY"] = Path("initialised"),
            ["USER_ID"] = "999",
            ["PRIMARY_HOST"] = "mysql-0.mysql",
            ["HEADLESS_SERVICE"] = "mysql",
            ["SERVER_ID_BASE"] = "100",
            ["MYSQL_PORT"] = "3306",
            ["BACKUP_PORT"] = "3307",
            ["MAX_LAG_SECONDS"] = "30",
            ["MAX_AWAY_SECONDS"] = "0",
            ["SEED_TIMEOUT_SECONDS"] = "600",
            ["SEED_STALL_SECONDS"] = "120",
            ["PROBE_TIMEOUT_SECONDS"] = "3",
        };
    }

    /// <summary>What the scripts are told.</summary>
    public Dictionary<string, string?> Environment { get; }

    /// <summary>How the programs were called, in order, the pod's folder, the names of temporary ones and random identities left out.</summary>
    public IReadOnlyList<string> Calls => [.. Plain(Read("programs/calls")).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>How one of the programs was called.</summary>
    public IEnumerable<string> CallsOf(string program) => Calls.Where(call => call.StartsWith($"{program} ", StringComparison.Ordinal));

    /// <summary>A file or folder of the pod.</summary>
    public string Path(string name) => System.IO.Path.Combine(folder.Root, name);

    public string Read(string name) => File.ReadAllText(Path(name), Encoding.Latin1);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Directory.GetParent(Path(name))!.FullName);
        File.WriteAllText(Path(name), text, Encoding.Latin1);
    }

    /// <summary>The mode of a file or folder.</summary>
    public string Mode(string name) => Convert.ToString((int)new FileInfo(Path(name)).UnixFileMode, 8).PadLeft(4, '0');

    /// <summary>Every file beneath a folder, by name: its mode and its text, byte for byte.</summary>
    public SortedDictionary<string, string> Files(string name) => new(
        Directory.EnumerateFiles(Path(name), "*", SearchOption.AllDirectories).ToDictionary(
            file => System.IO.Path.GetRelativePath(Path(name), file),
            file => $"{Mode(file)} {File.ReadAllText(file, Encoding.Latin1)}"),
        StringComparer.Ordinal);

    /// <summary>A configuration file of the profile, as the ConfigMap has it.</summary>
    public string Configured(string name) => File.ReadAllText(System.IO.Path.Combine(scripts.Folder, name));

    /// <summary>Gives the pod's volume data on which a server has run.</summary>
    /// <param name="owner">The pod that it belonged to, as the note in it says; null for data of other makers.</param>
    /// <param name="root">The password of root that was last seen to work with it; null where nobody has noted one.</param>
    public void HasData(string? owner, string? root = Root)
    {
        Write("volume/mysql/mysql/user.ibd", "rows \0\xff");
        Write("volume/mysql/auto.cnf", "the old uuid\n");
        if (owner is not null)
        {
            Write("volume/mysql/data-of-pod", $"{owner}\n");
        }

        if (root is not null)
        {
            Write("volume/mysql/root-password.digest", $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"root {root}")))}\n");
        }
    }

    /// <summary>Gives the pod an exporter of metrics, at a port that nobody listens on unless a test does.</summary>
    public void HasExporter(int port = 1)
    {
        Environment["METRICS_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        Environment["METRICS_DIRECTORY"] = Path("metrics");
        Directory.CreateDirectory(Path("metrics"));
        Write("credentials/metrics-password", "metricspassword");
    }

    /// <summary>How many members the cluster has; null where the file cannot be read.</summary>
    public void HasMembers(int? members)
    {
        File.Delete(Path("members/replicas"));
        if (members is { } known)
        {
            Write("members/replicas", known.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>From now on a name leads to these addresses.</summary>
    public void Resolves(string name, params string[] addresses) => Write($"programs/names/{name}", string.Concat(addresses.Select(one => $"{one}\n")));

    /// <summary>What names lead to once a script has slept; then the others lead nowhere.</summary>
    public void ResolvesLater(string name, params string[] addresses) =>
        Write($"programs/names.later/{name}", string.Concat(addresses.Select(one => $"{one}\n")));

    /// <summary>Besides the server's programs there are only those of its official image, which has neither diffutils nor procps.</summary>
    public void HasOnlyProgramsOfTheImage()
    {
        string[] programs =
        [
            "bash", "cat", "chmod", "comm", "cp", "cut", "date", "df", "dirname", "du", "env", "find", "grep", "head", "id", "ln", "ls", "mkdir", "mktemp", "mv", "openssl", "rm", "sed", "sha256sum", "sort", "stat",
            "tac", "tail", "tee", "touch", "tr", "uname", "wc", "xargs", "zstd",
        ];
        Directory.CreateDirectory(Path("image"));
        foreach (var program in programs)
        {
            var found = System.Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => System.IO.Path.Combine(folder, program)).First(File.Exists);
            File.CreateSymbolicLink(Path($"image/{program}"), found);
        }

        Environment["PATH"] = $"{Path("programs")}:{Path("image")}";
    }

    /// <summary>What a server says; of several answers that fit the first counts.</summary>
    /// <param name="login">Who asks, as a pattern for <c>user:password@host</c>.</param>
    /// <param name="asked">A part of the statements.</param>
    /// <param name="answer">The answer; an error if it begins with ERROR.</param>
    public void Answers(string login, string asked, string answer) => File.AppendAllText(
        Path("programs/answers"), $"{login}\x1f{asked}\x1f{answer.Replace("\n", "\\n", StringComparison.Ordinal)}\n");

    /// <summary>What a server says the next time.</summary>
    public void AnswersOnce(string login, string asked, string answer) => Answers($"ONCE {login}", asked, answer);

    /// <summary>What a server says in the place of what it said so far.</summary>
    /// <param name="answers">Gives the answers, which count before those that are there.</param>
    public void AnswersInstead(Action answers)
    {
        var before = Read("programs/answers");
        Write("programs/answers", string.Empty);
        answers();
        Write("programs/answers", Read("programs/answers") + before);
    }

    /// <summary>Runs a script.</summary>
    public Task<ScriptRun> RunAsync(string script, params string[] arguments) => BashAsync([$"{scripts.Folder}/{script}", .. arguments]);

    /// <summary>Runs commands after files of the scripts that have functions.</summary>
    public Task<ScriptRun> CallAsync(string files, string commands) =>
        BashAsync(["-c", string.Concat(files.Split(' ').Select(file => $". {scripts.Folder}/{file}\n")) + commands]);

    /// <summary>Runs a script, and kills it and all that it started after that time, as the end of a container does.</summary>
    public Task<ScriptRun> KillAsync(string script, TimeSpan after, params string[] arguments) =>
        BashAsync(["-c", "exec /usr/bin/timeout -s KILL \"$0\" bash \"$@\"", after.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture), $"{scripts.Folder}/{script}", .. arguments]);

    /// <summary>Has a program only write down how it was called, and say this.</summary>
    public void Says(string program, string text)
    {
        Place(program, "recorded");
        Write($"programs/{program}.says", text);
    }

    /// <summary>Puts a program of <c>Programs/</c> in the place of a script.</summary>
    public void Replace(string script, string program) => File.Copy(Program(program), System.IO.Path.Combine(scripts.Folder, script), overwrite: true);

    /// <summary>Takes the last line of a script away, which would run it, so that its functions can be called.</summary>
    public void KeepFunctionsOf(string script)
    {
        var path = System.IO.Path.Combine(scripts.Folder, script);
        File.WriteAllLines(path, File.ReadAllLines(path).SkipLast(1));
    }

    public void Dispose()
    {
        scripts.Dispose();
        folder.Dispose();
    }

    private async Task<ScriptRun> BashAsync(IReadOnlyList<string> arguments)
    {
        var result = await new CommandRunner().RunAsync(new Command("bash", arguments) { Environment = Environment });
        return new ScriptRun(result.ExitCode, Plain(result.StandardOutput), Plain(result.StandardError));
    }

    // Links, not copies: a program that was just written cannot be run while another test's child still holds it open.
    private void Place(string name, string program) => File.CreateSymbolicLink(Path($"programs/{name}"), Program(program));

    private static string Program(string name) => System.IO.Path.Combine(Repository.Root, "tests", "Infra", "Programs", $"{name}.sh");

    private string Plain(string text) =>
        Uuid().Replace(TemporaryName().Replace(text, "/temporary/x"), "some-uuid").Replace($"{folder.Root}/", "/", StringComparison.Ordinal);

    [GeneratedRegex("/temporary/tmp\\.[A-Za-z0-9]+")]
    private static partial Regex TemporaryName();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
