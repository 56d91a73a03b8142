using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>A TCP port that a container listens on and a Service offers under the same name and number.</summary>
/// <param name="Name">The port's name, a DNS label of at most 15 characters.</param>
/// <param name="Number">The port's number, 1 to 65535.</param>
public sealed record NamedPort(string Name, int Number)
{
    /// <summary>The port as a container declares it.</summary>
    public ContainerPortArgs OnContainer() => new() { Name = Name, ContainerPortValue = Number };

    /// <summary>The port as a Service offers it; the target is the container port of the same name.</summary>
    public ServicePortArgs OnService() => new() { Name = Name, Port = Number, TargetPort = Name };
}
