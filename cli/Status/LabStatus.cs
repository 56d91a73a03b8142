using Lab;

namespace Cli.Status;

/// <summary>The pods of a local cluster.</summary>
/// <param name="stack">The stack that it runs.</param>
/// <param name="cluster">The cluster.</param>
internal sealed class LabStatus(string stack, LabCluster cluster) : IStatusSource
{
    /// <inheritdoc/>
    public string NamedBy => "stack";

    /// <inheritdoc/>
    public string Name => stack;

    /// <inheritdoc/>
    public async Task<StatusReport> ReadAsync(CancellationToken cancel) => new(await PodRow.AllAsync(cluster).WaitAsync(cancel), [], []);
}
