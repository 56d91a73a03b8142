namespace Trials.Clusters;

/// <summary>A pod as any cluster shows it.</summary>
/// <param name="Name">Its name, which outlives it.</param>
/// <param name="Uid">Its own id, which does not.</param>
/// <param name="Address">Its address; empty until it has one.</param>
/// <param name="Ready">Whether all its containers are ready.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ReadyAt">When it last became ready; nothing until then.</param>
/// <param name="Restarts">How often a container of it was started again.</param>
/// <param name="Terminating">Whether it is being deleted.</param>
/// <param name="Reason">What it or a container of it waits for, as the cluster says it; empty when nothing is said.</param>
public sealed record PodView(
    string Name, string Uid, string Address, bool Ready, DateTimeOffset CreatedAt, DateTimeOffset? ReadyAt, int Restarts, bool Terminating, string Reason);
