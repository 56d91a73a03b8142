using Cli.Commands;
using Xunit;

namespace Tests.Cli.Commands;

/// <summary>What is wrong with a call is said before anything runs.</summary>
public sealed class BackupCommandTests
{
    [Theory]
    [InlineData("show nothing", "\"nothing\" is neither a backup's id, such as 20261127T023000Z, nor latest")]
    [InlineData("verify 20261127T023000", "\"20261127T023000\" is neither a backup's id, such as 20261127T023000Z, nor latest")]
    [InlineData("now --minutes 0", "--minutes is a number of minutes, 1 or more")]
    public void What_cannot_be_asked_is_named(string call, string said) => Assert.Equal(said, Assert.Single(BackupCommand.Create().Parse(call).Errors).Message);

    [Theory]
    [InlineData("show latest")]
    [InlineData("verify 20261127T023000Z --minutes 5")]
    [InlineData("list -n databases")]
    public void What_can_be_asked_is_taken(string call) => Assert.Empty(BackupCommand.Create().Parse(call).Errors);
}
