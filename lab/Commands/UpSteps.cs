using Lab.Host;
using Lab.Manifests;

namespace Lab.Commands;

/// <summary>The steps that bring an instance up, and what a person sees of them.</summary>
public static class UpSteps
{
    /// <summary>Half an hour: a pod that copies much data takes long, and a pod that never becomes ready should not take for ever.</summary>
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(30);

    /// <summary>Makes objects run, and waits until all pods are ready.</summary>
    /// <param name="lab">The instance.</param>
    /// <param name="manifests">The objects, in dependency order.</param>
    /// <param name="install">Whether packages that are missing on this machine are installed.</param>
    /// <exception cref="ClusterException">This machine cannot run them, or they do not become ready.</exception>
    public static async Task RunAsync(LabInstance lab, IReadOnlyList<Manifest> manifests, bool install)
    {
        await HostPackages.EnsureAsync(line => Console.WriteLine($"install  {line}"), install).ConfigureAwait(false);
        await FetchImagesAsync(lab, manifests).ConfigureAwait(false);
        await lab.StartControllerAsync().ConfigureAwait(false);
        foreach (var note in lab.Cluster.Apply(manifests))
        {
            Console.WriteLine($"note     {note}");
        }

        Console.WriteLine($"objects  {string.Join(", ", manifests.Select(manifest => manifest.Kind).Distinct())}, in this order");
        await UpProgress.RunAsync(show => new ReadyWait(lab.Cluster).RunAsync(ReadyLimit, show)).ConfigureAwait(false);
    }

    private static async Task FetchImagesAsync(LabInstance lab, IReadOnlyList<Manifest> manifests)
    {
        var images = lab.Images(lab.Podman(), line => Console.WriteLine($"images   {line}"));
        foreach (var (image, pullPolicy) in PodContainers.Images(manifests))
        {
            await Waiting.ForAsync($"images   {image}", images.ResolveAsync(image, pullPolicy)).ConfigureAwait(false);
        }
    }
}
