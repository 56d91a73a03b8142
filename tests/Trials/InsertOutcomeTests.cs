using Trials.Clients;
using Xunit;

namespace Tests.Trials;

public sealed class InsertOutcomeTests
{
    [Theory]
    [InlineData(0)] // the library's own: the connection is lost
    [InlineData(-1)] // the library's own: no answer in time
    [InlineData(1042)]
    [InlineData(1053)]
    [InlineData(1317)]
    [InlineData(1927)]
    [InlineData(2006)]
    [InlineData(2013)]
    [InlineData(3169)]
    [InlineData(4031)]
    public void What_says_nothing_of_the_row_leaves_its_fate_unknown(int number) => Assert.Equal(InsertOutcome.Unknown, InsertFailure.Of(number));

    [Theory]
    [InlineData(1062)] // there is such a row
    [InlineData(1142)] // no right to
    [InlineData(1146)] // no such table
    [InlineData(1205)] // waited for a lock
    [InlineData(1290)] // read-only
    [InlineData(3100)] // refused before the commit
    public void What_the_server_did_not_do_is_refused(int number) => Assert.Equal(InsertOutcome.Refused, InsertFailure.Of(number));
}
