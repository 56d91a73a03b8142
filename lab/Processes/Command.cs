namespace Lab.Processes;

/// <summary>An external program to run: a file and its arguments, never a line for a shell.</summary>
/// <param name="File">The program, found on <c>PATH</c>.</param>
/// <param name="Arguments">Its arguments, passed as they are.</param>
public sealed record Command(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The program's variables besides those of this process; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether this process's own variables are passed on, too.</summary>
    public bool Inherits { get; init; } = true;

    /// <summary>What the program reads on its standard input; null closes it at once.</summary>
    public string? StandardInput { get; init; }

    /// <summary>How long it may run before it and its children are killed. One minute by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Called for each line of either output as it comes; the lines are captured as well.</summary>
    public Action<string>? OnLine { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{File} {string.Join(' ', Arguments)}";
}
