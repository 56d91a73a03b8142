using System.CommandLine;
using Lab.Commands;
using Xunit;

namespace Lab.Tests;

public sealed class CommandLineTests
{
    public static TheoryData<Exception, int> Failures => new()
    {
        { new CommandException("used wrongly"), 2 },
        { new CommandException("failed", CommandException.Failed), 1 },
        { new ClusterException("failed", ["its last line"]), 1 },
        { new UnauthorizedAccessException("Access to the path is denied."), 1 },
        { new TaskCanceledException(), 130 },
        { new IOException("No space left on device"), 1 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_goes_wrong_is_an_exit_code_and_no_trace(Exception failure, int code)
    {
        var command = new Command("fail");
        command.SetAction(_ => Task.FromException<int>(failure));
        Assert.Equal(code, await CommandLine.RunAsync(new Command("lab") { command }, ["fail"]));
    }

    [Fact]
    public async Task A_mistake_of_the_program_is_not_hidden()
    {
        var command = new Command("fail");
        command.SetAction(_ => Task.FromException<int>(new InvalidOperationException("a mistake")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => CommandLine.RunAsync(new Command("lab") { command }, ["fail"]));
    }
}
