using Xunit;

namespace Trials.Readme;

/// <summary>Every command line of the README, typed as it stands there: one after the other, as a newcomer would.</summary>
[Trait("level", "lab")]
[Trait("suite", "readme")]
public sealed class ReadmeTests
{
    /// <summary>What is typed, in this order, and what the answer has in it.</summary>
    private static readonly (string Line, string Answer)[] Session =
    [
        ("./dev preview", "stack dev, which is not up on this machine"),
        ("./dev check", "16 objects of stack dev keep all"),
        ("./dev graph", "Pod mysql-1   after Pod mysql-0"),
        ("./dev render", "kind: StatefulSet"),
        ("./dev render --out rendered --show-secrets && ls rendered", "01-secret-mysql-credentials.yaml"),
        ("./dev diff ./rendered", "nothing changes"),
        ("./dev images", "localhost/statefulset/mysql:5.7"),
        ("./dev up --no-install", "write    mysql-0.mysql:3306"),
        ("./dev up", "mysql-2  replica  yes"),
        ("./dev sql mysql-0.mysql \"create database shop\"", ""),
        ("./dev sql mysql-read \"show databases\"", "shop"),
        ("./dev status", "mysql-0  primary  yes"),
        ("./dev exec mysql-1 -- ls /var/lib/mysql", "shop"),
        ("./dev logs mysql-1 -c clone-mysql", "seeded from mysql-0.mysql"),
        ("./dev delete web-1", "web-1 is being deleted"),
        ("./dev reseed mysql-2", "mysql-2 is seeded again and ready"),
        ("./dev up -c mysql[0].replicas=5", "mysql-4  replica  yes"),
        ("./dev preview", "replicas 5 -> 3"),
        ("./dev status --json", "\"pod\": \"mysql-4\""),
        ("./dev down", "5 claims stay"),
        ("./dev down --purge", "5 claims are removed"),
    ];

    /// <summary>What needs a real cluster, and is tested on one within the unit tests.</summary>
    private static readonly string[] OfACluster = ["./dev status --context NAME", "./dev check --context NAME", "./dev diff --context NAME"];

    /// <summary>What takes many minutes: see <see cref="LongCommandTests"/>.</summary>
    private static readonly string[] Long = ["bench", "soak"];

    /// <summary>What needs a system with backups, which the dev stack does not have: see <see cref="Backup.BackupTests"/>.</summary>
    private static readonly string[] OfAnotherStack = ["backup"];

    /// <summary>What runs the tests, or builds what they run from under their feet.</summary>
    private static readonly string[] OfTheProject = ["test", "golden", "mutate", "build", "fmt"];

    [Fact]
    public void The_README_has_no_command_that_is_not_typed()
    {
        Assert.Equal(["./dev test"], ReadmeCommands.Lines.Except(Session.Select(step => step.Line)).Except(OfACluster));
        Assert.Equal(
            ReadmeCommands.Names.Distinct().Order(StringComparer.Ordinal),
            Session.Select(step => step.Line.Split(' ')[1]).Concat(Long).Concat(OfAnotherStack).Concat(OfTheProject).Distinct().Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Its_commands_do_what_it_says()
    {
        await using var project = await ProjectCopy.StartAsync();
        foreach (var (line, answer) in Session)
        {
            var result = await project.TypeAsync(line);
            Assert.True(result.StandardOutput.Contains(answer, StringComparison.Ordinal), $"{line} did not answer '{answer}':\n{ProjectCopy.Said(result)}");
        }

        Assert.Contains("root-password", await File.ReadAllTextAsync(Path.Combine(project.Root, "rendered", "01-secret-mysql-credentials.yaml")), StringComparison.Ordinal);
    }
}
