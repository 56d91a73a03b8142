using System.Globalization;
using k8s.Models;

namespace Lab.Specs;

/// <summary>Ports of a container.</summary>
public static class ContainerPorts
{
    /// <summary>The number of a port given by number or by name.</summary>
    /// <exception cref="ClusterException">No port has that name.</exception>
    public static int PortNumber(this V1Container container, IntOrString? numberOrName) =>
        int.TryParse(numberOrName?.Value, CultureInfo.InvariantCulture, out var number)
            ? number
            : container.Ports.FirstOrDefault(port => port.Name == numberOrName?.Value && port.Name is not null)?.ContainerPort
                ?? throw new ClusterException($"Container {container.Name} has no port named {numberOrName?.Value}.");
}
