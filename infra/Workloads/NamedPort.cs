using System.Text.RegularExpressions;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>A TCP port that a container listens on and a Service offers under the same name and number.</summary>
public sealed partial class NamedPort : ResourceArgs
{
    private const int MaxNameLength = 15;
    private const int MaxNumber = 65535;

    /// <summary>A port.</summary>
    /// <param name="name">Its name, at most 15 lower-case letters, digits and hyphens, at least one of them a letter.</param>
    /// <param name="number">Its number, 1 to 65535.</param>
    public NamedPort(string name, int number) => (Name, Number) = (name, number);

    /// <summary>The port's name.</summary>
    [Input("name", required: true)]
    public string Name { get; }

    /// <summary>The port's number.</summary>
    [Input("number", required: true)]
    public int Number { get; }

    /// <summary>The port as a container declares it.</summary>
    public ContainerPortArgs OnContainer() => new() { Name = Name, ContainerPortValue = Number };

    /// <summary>The port as a Service offers it; the target is the container port of the same name.</summary>
    public ServicePortArgs OnService() => new() { Name = Name, Port = Number, TargetPort = Name };

    /// <summary>What is wrong with it; nothing when it is right.</summary>
    /// <remarks>Grammar of the name: RFC 6335, section 5.1 (apimachinery's IsValidPortName).</remarks>
    internal string? Problem() =>
        Number is < 1 or > MaxNumber ? $"{Number} is not the number of a port: 1 to {MaxNumber}"
        : Name.Length <= MaxNameLength && NamePattern().IsMatch(Name) && !Name.Contains("--", StringComparison.Ordinal) ? null
        : $"\"{Name}\" is not the name of a port: at most {MaxNameLength} lower-case letters, digits and single hyphens, at least one letter, none of the hyphens at an end";

    [GeneratedRegex("^(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
