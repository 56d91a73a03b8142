using System.Security.Cryptography;
using MySqlConnector;

namespace Trials.Clients;

/// <summary>A user with which the trials' clients come from this machine. It may read and insert in one database, and nothing else.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Database">The database.</param>
internal sealed record ClientUser(string Name, string Database)
{
    /// <summary>How long a client waits for a connection, and for an answer unless it says otherwise: what hangs costs a new connection.</summary>
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3), AnswerLimit = TimeSpan.FromSeconds(5);

    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private readonly string password = RandomNumberGenerator.GetString(Letters, 32);

    /// <summary>The statements that make it, with a new password where it is there already.</summary>
    public string Creation =>
        $"""
        CREATE USER IF NOT EXISTS '{Name}'@'%' IDENTIFIED BY '{password}';
        ALTER USER '{Name}'@'%' IDENTIFIED BY '{password}';
        GRANT SELECT, INSERT ON {Database}.* TO '{Name}'@'%';
        """;

    /// <summary>Opens a connection, which is closed for good when it is disposed of.</summary>
    /// <param name="addresses">The server's addresses, of which the first that answers is taken.</param>
    /// <param name="port">Its port.</param>
    /// <param name="answerLimit">How long an answer may take; <see cref="AnswerLimit"/> by default.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="MySqlException">No server answers there, or it does not let the user in.</exception>
    public async Task<MySqlConnection> OpenAsync(IEnumerable<string> addresses, int port, TimeSpan? answerLimit, CancellationToken cancel)
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = string.Join(',', addresses),
            Port = (uint)port,
            UserID = Name,
            Password = password,
            Database = Database,
            Pooling = false,
            ConnectionTimeout = (uint)ConnectLimit.TotalSeconds,
            DefaultCommandTimeout = (uint)(answerLimit ?? AnswerLimit).TotalSeconds,
            // What is not answered in time is given up with its connection, rather than cancelled over a second one.
            CancellationTimeout = -1,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
