namespace Cli.Status;

/// <summary>A cluster that can be asked for its pods.</summary>
internal interface IStatusSource
{
    /// <summary>By what it is named: <c>stack</c> or <c>context</c>.</summary>
    string NamedBy { get; }

    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Asks it.</summary>
    Task<StatusReport> ReadAsync(CancellationToken cancel);
}
