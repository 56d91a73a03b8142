using Lab.State;

namespace Lab.Pods;

/// <summary>A pod that lives. Disposing of it stops looking after it and leaves its containers running.</summary>
public interface IPod : IAsyncDisposable
{
    /// <summary>What it was asked to be.</summary>
    PodRecord Record { get; }

    /// <summary>How it is now.</summary>
    PodState State { get; }

    /// <summary>Whether nothing of it is left.</summary>
    bool IsGone { get; }

    /// <summary>Asks for its end; a second call can only bring it forward.</summary>
    void Delete(TimeSpan grace);
}
