namespace Lab.Host;

/// <summary>This machine cannot run the lab, as it is or at all.</summary>
/// <param name="sentence">Why, and what to do.</param>
/// <param name="lastLines">The last lines of what failed.</param>
public sealed class HostException(string sentence, IReadOnlyList<string>? lastLines = null) : ClusterException(sentence, lastLines);
