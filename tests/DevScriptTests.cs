using Lab.Processes;
using Xunit;

namespace Tests;

/// <summary>What <c>./dev test</c> says when it is over, given the log of a run.</summary>
public sealed class DevScriptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_end_names_what_failed_and_counts_in_its_last_line() => Assert.Equal(
        """

        failed tests
          Failed Tests.One.Throws [< 1 ms]
            System.InvalidOperationException : first
            second
              Failed: 7
            third
          Failed Tests.One.Differs(what: "a b") [24 ms]
            Assert.Equal() Failure: Values differ
            Expected: 1
            Actual:   2

        5 passed, 2 failed, 1 skipped

        """,
        await SummaryAsync("""
              Passed Tests.One.Passes [2 ms]
              Failed Tests.One.Throws [< 1 ms]
              Error Message:
               System.InvalidOperationException : first
            second
              Failed: 7

            third
            fourth
              Stack Trace:
                 at Tests.One.Throws() in One.cs:line 9
              Failed Tests.One.Differs(what: "a b") [24 ms]
              Error Message:
               Assert.Equal() Failure: Values differ
            Expected: 1
            Actual:   2
              Stack Trace:
                 at Tests.One.Differs(String what) in One.cs:line 7
              Skipped Tests.One.Skips [1 ms]

            Test Run Failed.
            Total tests: 8
                 Passed: 5
                 Failed: 2
                Skipped: 1
             Total time: 1.3176 Seconds
            """));

    [Fact]
    public async Task What_a_class_could_not_clean_up_is_a_failure_and_says_what() => Assert.Equal(
        """

        failed tests
          Failed to clean up after Trials.Faults.ATests
            System.InvalidOperationException : namespace x is still there
            second line

        1 passed, 1 failed, 0 skipped

        """,
        await SummaryAsync("""
            [xUnit.net 00:00:00.39]     [Test Class Cleanup Failure (Trials.Faults.ATests)] System.InvalidOperationException
            [xUnit.net 00:00:00.39]       System.InvalidOperationException : namespace x is still there
            [xUnit.net 00:00:00.39]       second line
            [xUnit.net 00:00:00.39]       Stack Trace:
            [xUnit.net 00:00:00.39]         A.cs(3,0): at Trials.Faults.ATests.DisposeAsync()
              Passed Trials.Faults.ATests.Fine(what: "a.b") [7 ms]

            Test Run Failed.
            Total tests: 1
                 Passed: 1
            """));

    [Fact]
    public async Task What_fails_in_any_of_several_runs_is_named_with_its_logs_and_counted()
    {
        Directory.CreateDirectory(Path.Combine(folder.Root, ".dev", "logs", "Faults.BTests"));
        Assert.Equal(
            $"""

            failed tests
              Failed Tests.ATests.One [1 ms]
                first
              Failed Trials.Faults.BTests.F01_two(what: "a.b (c)") [2 s]
                logs: {folder.Root}/.dev/logs/Faults.BTests
                second

            3 passed, 2 failed, 0 skipped

            """,
            await SummaryAsync("""
                Test run for a.dll
                  Failed Tests.ATests.One [1 ms]
                  Error Message:
                   first
                Total tests: 2
                     Passed: 1
                     Failed: 1
                Test run for b.dll
                  Failed Trials.Faults.BTests.F01_two(what: "a.b (c)") [2 s]
                  Error Message:
                   second
                Total tests: 3
                     Passed: 2
                     Failed: 1
                """));
    }

    [Theory]
    [InlineData("exit 0", "", "unsteady: passed only when run again, by itself: Trials.Faults.BTests.F01_two(what: \"a.b\") [2 s]\n3 passed, 0 failed, 0 skipped\n", 0)]
    [InlineData("exit 1", "", "\nfailed tests\n  Failed Trials.Faults.BTests.F01_two(what: \"a.b\") [2 s]\n    waited 9 s for it\n\n2 passed, 1 failed, 0 skipped\n", 1)]
    [InlineData(
        "exit 0",
        "[xUnit.net 00:00:00.39]     [Test Class Cleanup Failure (Trials.Faults.ATests)] System.InvalidOperationException",
        "\nfailed tests\n  Failed to clean up after Trials.Faults.ATests\n\nunsteady: passed only when run again, by itself: Trials.Faults.BTests.F01_two(what: \"a.b\") [2 s]\n3 passed, 1 failed, 0 skipped\n",
        1)]
    public async Task A_trial_that_fails_is_run_once_more_and_is_unsteady_when_it_passes_then(string second, string cleanup, string summary, int code)
    {
        Directory.CreateDirectory(Path.Combine(folder.Root, ".dev"));
        folder.Write("first", $"""
            {cleanup}
              Failed Trials.Faults.BTests.F01_two(what: "a.b") [2 s]
              Error Message:
               waited 9 s for it
            Total tests: 3
                 Passed: 2
                 Failed: 1

            """);
        var said = await RunAsync(
            $$"""
            test_project() { if [ -z "$2" ]; then cat "$root/first" >>"$3"; return 1; fi; echo "$2" >"$root/filter"; {{second.Replace("exit", "return", StringComparison.Ordinal)}}; }
            : >"$state/test.log"; code=0
            run_trials '' "$state/test.log" 2>/dev/null || code=$?
            summarize "$state/test.log"
            echo "$code"
            """);
        Assert.Equal($"{summary}{code}\n", said);
        Assert.Equal("FullyQualifiedName=Trials.Faults.BTests.F01_two\n", await File.ReadAllTextAsync(Path.Combine(folder.Root, "filter")));
    }

    [Fact]
    public async Task A_trial_that_fails_in_another_way_than_by_waiting_has_failed_and_so_has_all_of_its_run()
    {
        folder.Write("log", """
              Failed Trials.ATests.F01_one [2 s]
              Error Message:
               waited 9 s for it
              Failed Trials.ATests.F02_two [2 s]
              Error Message:
               Assert.Equal() Failure: Values differ

            """);
        Assert.Equal("", await RunAsync("failed_trials log"));
    }

    [Fact]
    public async Task Where_all_is_well_the_count_is_all() => Assert.Equal("2 passed, 0 failed, 0 skipped\n", await SummaryAsync("""
          Passed Tests.One.Passes [2 ms]
        Total tests: 2
             Passed: 2
        """));

    [Theory]
    [InlineData("cli/A.cs", "cli trials")]
    [InlineData("lab/A.cs", "cli trials")]
    [InlineData("trials/A.cs", "trials")]
    [InlineData("examples/A.cs", "trials")]
    [InlineData("tests/A.cs", "")]
    public async Task A_program_is_built_again_when_something_that_it_is_made_of_is_younger(string edited, string stale)
    {
        foreach (var room in new[] { "infra", "stacks", "lab", "cli", "standins", "trials", "examples", "tests" })
        {
            Directory.CreateDirectory(Path.Combine(folder.Root, room));
        }

        folder.Write("Directory.Build.props", "");
        folder.Write("Infra.sln", "");
        Directory.CreateDirectory(Path.Combine(folder.Root, ".dev"));
        folder.Write(".dev/built-cli", "");
        folder.Write(".dev/built-trials", "");
        folder.Write(edited, "");
        File.SetLastWriteTimeUtc(Path.Combine(folder.Root, edited), DateTime.UtcNow.AddMinutes(1));
        foreach (var room in Directory.EnumerateFileSystemEntries(folder.Root).Where(entry => Path.GetFileName(entry) != ".dev"))
        {
            Directory.SetLastWriteTimeUtc(room, DateTime.UtcNow.AddMinutes(-1));
        }

        Assert.Equal(stale, (await RunAsync("for program in cli trials; do ! changed_since_build $program || echo $program; done")).ReplaceLineEndings(" ").Trim());
    }

    private Task<string> SummaryAsync(string log)
    {
        folder.Write("log", log);
        return RunAsync("summarize log");
    }

    [Theory]
    [InlineData("build Infra.sln", "trials")]
    [InlineData("build trials", "trials")]
    [InlineData("publish_cli", "cli")]
    [InlineData("build Infra.sln -c Release", "")]
    public async Task Only_what_will_be_run_counts_as_built(string building, string stamped)
    {
        Directory.CreateDirectory(Path.Combine(folder.Root, ".dev"));
        Assert.Equal(stamped, (await RunAsync($"choose_sdk() {{ :; }}; sdk() {{ :; }}; dotnet() {{ :; }}; {building} 2>/dev/null; cd .dev; ls -d built-* 2>/dev/null | sed s/built-//")).ReplaceLineEndings(" ").Trim());
    }

    [Theory]
    [InlineData(0, "true", "publish cli --output commands -p:CompileAhead=true -p:RunAnalyzers=false -v quiet --tl:off")]
    [InlineData(1, "false", "publish cli --output commands -p:CompileAhead=false -p:RunAnalyzers=false -v quiet --tl:off")]
    public async Task The_commands_are_machine_code_where_its_compiler_restores_and_that_is_found_out_once(int restores, string kept, string published)
    {
        Directory.CreateDirectory(Path.Combine(folder.Root, ".dev"));
        Assert.Equal(
            $"restore -p:CompileAhead=true\n{published}\n{published}\n",
            await RunAsync($$"""
                choose_sdk() { :; }
                sdk() { :; }
                dotnet() { echo "$@" | sed "s#$root/artifacts//##; s#$root/cli ##" >>said; [ "$1" != restore ] || return {{restores}}; }
                { publish_cli && publish_cli; } 2>/dev/null
                cat said
                """));
        Assert.Equal(kept, File.ReadAllText(Path.Combine(folder.Root, ".dev", "compile-ahead")).Trim());
    }

    /// <summary>Else what it cannot find counts as not needed, and is taken out.</summary>
    [Fact]
    public async Task What_is_laid_out_is_built_first()
    {
        Directory.CreateDirectory(Path.Combine(folder.Root, ".dev"));
        Assert.Equal(
            "build Infra.sln -p:RunAnalyzers=false -v quiet --tl:off\nformat Infra.sln --no-restore\n",
            await RunAsync("""
                choose_sdk() { :; }
                dotnet() { echo "$@" >>said; }
                main fmt 2>/dev/null
                cat said
                """));
    }

    [Fact]
    public async Task What_is_built_runs_without_a_look_at_the_sdk()
    {
        Directory.CreateDirectory(Path.Combine(folder.Root, ".dev"));
        Assert.Equal("run\n", await RunAsync("""
            dotnet() { echo "dotnet $*"; }
            program() { echo dev; }
            sdk_props=dev
            changed_since_build() { false; }
            touch .dev/built-cli
            build_if_changed cli
            echo run
            """));
    }

    /// <summary>Runs a line of bash after the script without its last line, which would run it.</summary>
    private async Task<string> RunAsync(string line)
    {
        folder.Write("dev", string.Join('\n', File.ReadLines(Path.Combine(Repository.Root, "dev")).SkipLast(1)));
        var said = await new CommandRunner().RunAsync(new Command("bash", ["-c", "cd \"$1\" && . ./dev && eval \"$2\"", "bash", folder.Root, line]));
        Assert.Equal(string.Empty, said.StandardError);
        return said.StandardOutput;
    }
}
