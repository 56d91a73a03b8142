using MySqlConnector;

namespace Trials.Clients;

/// <summary>What a client knows of an insert.</summary>
internal enum InsertOutcome
{
    /// <summary>The server said that it is done: it must never be lost.</summary>
    Acknowledged,

    /// <summary>The server said that it is not done: it must never be seen.</summary>
    Refused,

    /// <summary>No answer came, or one that says nothing of what was done: either is right.</summary>
    Unknown,
}

/// <summary>Reads an outcome from the error that an insert ended with.</summary>
internal static class InsertFailure
{
    // Of the server's errors those that a statement gets after it may have been written to the log: going down, interrupted, connection killed (MariaDB's and
    // MySQL's number), session ended for another's sake or for its silence. Numbers below 1000 and of the 2000s are the client's, and so is 1042 with this library.
    // https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
    private static readonly int[] SayNothing = [1042, 1053, 1317, 1927, 3169, 4031];

    /// <summary>The outcome of an insert that ended with an error of this number.</summary>
    public static InsertOutcome Of(int number) =>
        number is < 1000 or (>= 2000 and < 3000) || SayNothing.Contains(number) ? InsertOutcome.Unknown : InsertOutcome.Refused;

    /// <summary>The outcome of an insert that ended with this error.</summary>
    public static InsertOutcome Of(MySqlException error) => Of((int)error.ErrorCode);
}
