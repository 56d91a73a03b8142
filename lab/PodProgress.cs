using Lab.Pods;
using Lab.State;

namespace Lab;

/// <summary>How far a pod is.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Step">Where it stands, in a word or two: <c>init copy</c>, <c>starting</c>, <c>not ready</c>, <c>ready</c>, CrashLoopBackOff ...</param>
/// <param name="Took">From its creation to ready, or until now.</param>
/// <param name="Detail">What there is to say of that step: the last line that is written in it, or why the pod is not ready; may be empty.</param>
public sealed record PodProgress(string Namespace, string Name, string Step, TimeSpan Took, string Detail)
{
    /// <summary>The step of a pod that has no further one.</summary>
    public const string Ready = "ready";

    /// <summary>How far a pod is at a time.</summary>
    public static PodProgress Of(PodState pod, DateTimeOffset now)
    {
        var (step, detail) = Stand(pod);
        var until = pod is { Ready: true, ReadySince: { } ready } ? ready : pod.IsFinished ? pod.Since : now;
        return new PodProgress(pod.Namespace, pod.Name, step, until - pod.CreatedAt, detail.ReplaceLineEndings(" ").Trim());
    }

    /// <summary>The same as a line to read.</summary>
    public string Line() => $"{Name,-12} {Step,-22} {Took.TotalSeconds,4:0} s   {Detail}".TrimEnd();

    private static (string Step, string Detail) Stand(PodState pod) =>
        pod.Ready ? (Ready, string.Empty)
        : pod.IsFinished ? (pod.Phase == "Succeeded" ? "completed" : "failed", pod.Message)
        : pod.Terminating ? ("ending", string.Empty)
        : pod.Containers.FirstOrDefault(container => !container.Ready) switch
        {
            null => ("waiting", pod.Message),
            { Status: "Running", Init: true } init => ($"init {init.Name}", LastLine(init)),
            // A startup probe fails until it succeeds; that is no error to read.
            { Status: "Running", Started: false } main => ($"starting {main.Name}", string.Empty),
            { Status: "Running" } main => ($"not ready {main.Name}", main.Message),
            var waiting => (waiting.Reason.Length > 0 ? $"{waiting.Reason} {waiting.Name}" : $"waiting {waiting.Name}", waiting.Message),
        };

    private static string LastLine(ContainerState container) => ContainerLog.Tail(container.Log, 1) is [var line] ? line : string.Empty;
}
