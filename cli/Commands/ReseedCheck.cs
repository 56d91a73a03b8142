using Cli.Status;
using Infra.Identity;
using Lab.Commands;
using Lab.State;

namespace Cli.Commands;

/// <summary>Whether a pod's data may be thrown away and fetched anew.</summary>
internal static class ReseedCheck
{
    /// <summary>Holds a pod against the others.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="pods">All pods there are.</param>
    /// <exception cref="CommandException">It may not; the message says why.</exception>
    public static void Require(PodState pod, IReadOnlyList<PodState> pods)
    {
        if (pod.Containers.All(container => container.Name != MySqlStatus.Container))
        {
            throw new CommandException($"{pod.Name} is not a MySQL server; only those are seeded");
        }

        if (pod.Ordinal == StatefulIdentity.PrimaryOrdinal)
        {
            throw new CommandException($"{pod.Name} is the primary, which the others have their data from; only a replica is seeded again");
        }

        if (!pods.Any(other => other.Namespace == pod.Namespace && other.Set == pod.Set && other.Name != pod.Name && other.IsHealthy))
        {
            throw new CommandException(
                $"no other server of {pod.Set} is ready, so that {pod.Name} may hold the only copy of the data; ./dev status tells why", CommandException.Failed);
        }
    }
}
