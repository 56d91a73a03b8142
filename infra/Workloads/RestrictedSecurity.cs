using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>
/// What the pods and containers of every workload may do unless their user says otherwise: what the Pod Security Standard "Restricted" allows and, as that does
/// not ask for it, no writing to the image's own files.
/// </summary>
internal static class RestrictedSecurity
{
    /// <summary>The mode of a Secret's files: its owner is root, and a pod reads them by its group.</summary>
    public const int SecretMode = 0b100_100_000;

    /// <summary>The user of a pod's processes where its workload names none.</summary>
    /// <param name="user">The number of the user, of the user's group, and of the group that the pod's volumes belong to; the image's own where there is none.</param>
    /// <param name="lowPorts">Whether the containers listen below port 1024, which else takes root or a capability.</param>
    public static PodSecurityContextArgs Pod(Input<int>? user, bool lowPorts = false)
    {
        var context = new PodSecurityContextArgs
        {
            RunAsNonRoot = true,
            SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" },
        };
        if (user is not null)
        {
            context.RunAsUser = user;
            context.RunAsGroup = user;
            context.FsGroup = user;
            // A volume that already is the group's is not walked through at every start of a pod.
            context.FsGroupChangePolicy = "OnRootMismatch";
        }

        if (lowPorts)
        {
            // Of the pod's own network alone, and one that the standard calls safe.
            context.Sysctls.Add(new SysctlArgs { Name = "net.ipv4.ip_unprivileged_port_start", Value = "0" });
        }

        return context;
    }

    /// <summary>The container, with what it may do where it does not say so itself; the one given stays as it is.</summary>
    public static ContainerArgs Of(ContainerArgs container)
    {
        if (container.SecurityContext is not null)
        {
            return container;
        }

        var result = ShallowCopy.Of(container);
        result.SecurityContext = new SecurityContextArgs
        {
            AllowPrivilegeEscalation = false,
            Capabilities = new CapabilitiesArgs { Drop = { "ALL" } },
            ReadOnlyRootFilesystem = true,
        };
        return result;
    }
}
