using Lab.Processes;
using Xunit;

namespace Tests;

/// <summary>How <c>./dev test</c> sees to it that shellcheck is there, on machines with and without it.</summary>
public sealed class DevShellcheckTests : IDisposable
{
    private const string Install = "apt-get --quiet install --yes --option=DPkg::Lock::Timeout=300 --no-install-recommends shellcheck\n";
    private const string Missing = "test     shellcheck is not installed, and the tests of scripts fail without it; ";

    private readonly TemporaryFolder machine = new();

    public DevShellcheckTests()
    {
        foreach (var program in (string[])["bash", "env", "cat", "dirname", "head", "sed", "tail", "timeout"])
        {
            File.CreateSymbolicLink(Path.Combine(machine.Root, program), $"/usr/bin/{program}");
        }

        Directory.CreateDirectory(Path.Combine(machine.Root, ".dev"));
        machine.Write("calls", string.Empty);
        machine.Write("user", "0");
        Place("id", "id");
    }

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task Where_it_is_installed_nothing_is_done()
    {
        Place("apt-get", "recorded");
        Place("shellcheck", "recorded");
        await AssertAsync("", "");
    }

    [Fact]
    public async Task On_Debian_root_installs_it_and_waits_for_another_apt_get()
    {
        Place("apt-get", "recorded");
        await AssertAsync("test     installing shellcheck\n", Install);
    }

    [Fact]
    public async Task Package_lists_that_are_old_are_fetched_also_where_that_says_that_it_failed()
    {
        Place("apt-get", "recorded");
        machine.Write("apt-get.ends", "100\n100\n0\n");
        await AssertAsync("test     installing shellcheck\n", $"{Install}apt-get --quiet update\n{Install}");
    }

    [Fact]
    public async Task What_apt_get_says_when_it_cannot_is_told_and_the_tests_go_on()
    {
        Place("apt-get", "recorded");
        machine.Write("apt-get.ends", "100\n0\n100\n");
        machine.Write("apt-get.says", "E: Unable to locate package shellcheck\n");
        await AssertAsync(
            $"test     installing shellcheck\n{Missing}apt-get could not install it: E: Unable to locate package shellcheck\n",
            $"{Install}apt-get --quiet update\n{Install}");
    }

    [Theory]
    [InlineData("1000", true)]
    [InlineData("0", false)]
    public async Task Who_cannot_install_it_here_is_told_what_to_install(string user, bool isDebian)
    {
        machine.Write("user", user);
        if (isDebian)
        {
            Place("apt-get", "recorded");
        }

        await AssertAsync($"{Missing}install the package shellcheck (Debian: sudo apt-get install shellcheck)\n", "");
    }

    private void Place(string name, string program) => File.CreateSymbolicLink(
        Path.Combine(machine.Root, name), Path.Combine(Repository.Root, "tests", "Infra", "Programs", $"{program}.sh"));

    private async Task AssertAsync(string said, string calls)
    {
        // The script without its last line, which would run it.
        machine.Write("dev", string.Join('\n', File.ReadLines(Path.Combine(Repository.Root, "dev")).SkipLast(1)));
        var run = await new CommandRunner().RunAsync(new Command("/usr/bin/bash", ["-c", "cd \"$1\" && . ./dev && ensure_tool shellcheck 'the tests of scripts fail'", "bash", machine.Root])
        {
            Environment = new Dictionary<string, string?> { ["PATH"] = machine.Root },
        });
        Assert.Equal((0, said), (run.ExitCode, run.StandardError));
        Assert.Equal(calls, await File.ReadAllTextAsync(Path.Combine(machine.Root, "calls")));
    }
}
