using Lab.Podman;
using Lab.Pods;

namespace Lab.Images;

/// <summary>Images: those of this machine, pulled ones where a registry answers, stand-ins for those the lab knows.</summary>
/// <param name="podman">Keeps the images.</param>
/// <param name="standIns">Makes stand-ins; null where there are none.</param>
public sealed class ImageStore(PodmanClient podman, StandInImages? standIns) : IImages
{
    /// <summary>How long a pull may take to say that nobody answers, and how long to bring an image.</summary>
    private static readonly TimeSpan PullTime = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<string>> _known = [];
    private readonly RegistryReach _reach = new();

    /// <summary>Called with one line for each image that had to be fetched or made, and how long it took.</summary>
    public Action<string> OnNote { get; init; } = _ => { };

    /// <inheritdoc/>
    public Task<string> ResolveAsync(string reference, string pullPolicy)
    {
        lock (_gate)
        {
            // Asked by several pods at once, fetched once; what failed is tried anew.
            if (!_known.TryGetValue(reference, out var image) || image.IsFaulted)
            {
                _known[reference] = image = FindAsync(reference, pullPolicy);
            }

            return image;
        }
    }

    private async Task<string> FindAsync(string reference, string pullPolicy)
    {
        foreach (var name in ImageReference.LocalNames(reference))
        {
            if (await ExistsAsync(name).ConfigureAwait(false))
            {
                return name;
            }
        }

        if (pullPolicy == "Never")
        {
            return standIns?.NameOf(reference) is { } present && await ExistsAsync(present).ConfigureAwait(false)
                ? present
                : throw new ContainerStartException("ErrImageNeverPull", $"Image {reference} is not on this machine, and imagePullPolicy is Never.");
        }

        var full = ImageReference.WithRegistry(reference);
        var registry = ImageReference.RegistryOf(full);
        var started = TimeProvider.System.GetTimestamp();
        var why = $"{registry} does not answer";
        if (await _reach.AnswersAsync(registry).ConfigureAwait(false))
        {
            var pulled = await podman.TryAsync(["pull", "--quiet", full], PullTime).ConfigureAwait(false);
            if (pulled.Succeeded)
            {
                OnNote($"{reference}   pulled   {Seconds(started)}");
                return full;
            }

            why = PodmanClient.Failed(["pull", full], pulled).Message;
        }

        if (standIns is not null && await standIns.FindOrMakeAsync(reference).ConfigureAwait(false) is { } standIn)
        {
            OnNote($"{reference}   {why}: {standIn.Note}   {Seconds(started)}");
            return standIn.Image;
        }

        throw new ContainerStartException("ErrImagePull", $"Image {reference} is not on this machine and cannot be had: {why}.");
    }

    private async Task<bool> ExistsAsync(string image) => (await podman.TryAsync(["image", "exists", image]).ConfigureAwait(false)).Succeeded;

    private static string Seconds(long started) => $"{TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s";
}
