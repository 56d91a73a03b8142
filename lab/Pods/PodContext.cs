namespace Lab.Pods;

/// <summary>What a pod and its containers need from outside.</summary>
/// <param name="Runtime">Runs them.</param>
/// <param name="Time">The clock.</param>
/// <param name="Changed">Called after each change of state.</param>
/// <param name="Event">Called with a reason and a sentence for what is worth remembering.</param>
public sealed record PodContext(IPodRuntime Runtime, TimeProvider Time, Action Changed, Action<string, string> Event);
