namespace Lab;

/// <summary>Something the lab could not do: one sentence, and what the failed part said last.</summary>
/// <param name="sentence">What failed and why as far as known.</param>
/// <param name="lastLines">The last lines of the program or container that failed.</param>
/// <param name="inner">What caused it.</param>
public class ClusterException(string sentence, IReadOnlyList<string>? lastLines = null, Exception? inner = null) : Exception(sentence, inner)
{
    /// <summary>The last lines of the program or container that failed; empty when there are none.</summary>
    public IReadOnlyList<string> LastLines { get; } = lastLines ?? [];
}
