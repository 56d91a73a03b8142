namespace Pulumi;

/// <summary>Marks the constructor of an output type; its parameters carry the wire names.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute;
