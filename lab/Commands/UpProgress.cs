namespace Lab.Commands;

/// <summary>What a person sees while pods come up: a line for each that is ready, and what is waited for until then.</summary>
public sealed class UpProgress : IDisposable
{
    private readonly Waiting waiting = new();
    private readonly HashSet<(string Namespace, string Pod)> told = [];

    /// <summary>Shows how far the sets are.</summary>
    public void Show(IReadOnlyList<SetProgress> sets)
    {
        foreach (var set in sets)
        {
            foreach (var pod in set.Pods.Where(pod => pod.Ready && told.Add((set.Namespace, pod.Name))))
            {
                waiting.Clear();
                Console.WriteLine($"{set.Name,-8} {pod.Name} ready after {pod.Took.TotalSeconds:0} s");
            }
        }

        if (sets.FirstOrDefault(set => !set.IsComplete) is { } open)
        {
            waiting.Show($"{open.Name,-8} {open.WaitsFor}   {open.Waited.TotalSeconds:0} s{Detail(open)}");
        }
    }

    /// <summary>Leaves the lines that stay.</summary>
    public void Dispose() => waiting.Clear();

    private static string Detail(SetProgress set) =>
        set.Pods.FirstOrDefault(pod => !pod.Ready) is { Detail.Length: > 0 } pod ? $"   {pod.Container}: {pod.Detail}" : string.Empty;
}
