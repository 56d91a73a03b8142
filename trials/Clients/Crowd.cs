using MySqlConnector;

namespace Trials.Clients;

/// <summary>Clients that take all connections which a server gives, and keep them.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int Most = 400;

    private readonly List<MySqlConnection> connections = [];

    private Crowd()
    {
    }

    /// <summary>How many came in.</summary>
    public int Count => connections.Count;

    /// <summary>Comes in until the server has no room for one more, or four hundred are in.</summary>
    /// <param name="connect">Opens a connection.</param>
    public static async Task<Crowd> ComeAsync(Func<Task<MySqlConnection>> connect)
    {
        var crowd = new Crowd();
        while (crowd.Count < Most)
        {
            try
            {
                crowd.connections.Add(await connect());
            }
            catch (MySqlException)
            {
                break;
            }
        }

        return crowd;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }
}
