using k8s.Models;

namespace Lab.Pods;

/// <summary>Whether a container that may not run as root would.</summary>
internal static class NonRoot
{
    /// <summary>Refuses it in the kubelet's words.</summary>
    /// <param name="pod">The pod's settings.</param>
    /// <param name="container">The container's.</param>
    /// <param name="imageUser">Asks the image for its user, where the settings name none.</param>
    /// <exception cref="ClusterException">It would, or nobody can tell.</exception>
    public static async Task RequireAsync(V1PodSecurityContext? pod, V1SecurityContext? container, Func<Task<string>> imageUser)
    {
        if ((container?.RunAsNonRoot ?? pod?.RunAsNonRoot) != true)
        {
            return;
        }

        if ((container?.RunAsUser ?? pod?.RunAsUser) is { } user)
        {
            if (user == 0)
            {
                throw new ClusterException("container's runAsUser breaks non-root policy");
            }

            return;
        }

        var named = (await imageUser().ConfigureAwait(false)).Split(':')[0];
        if (named is "" or "0")
        {
            throw new ClusterException("container has runAsNonRoot and image will run as root");
        }

        if (!long.TryParse(named, out _))
        {
            throw new ClusterException($"container has runAsNonRoot and image has non-numeric user ({named}), cannot verify user is non-root");
        }
    }
}
