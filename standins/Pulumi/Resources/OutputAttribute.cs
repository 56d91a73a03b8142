namespace Pulumi;

/// <summary>Marks an output of a resource or component with its wire name; without one it goes by its own.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    public OutputAttribute(string? name = null) => Name = name;

    public string? Name { get; }
}
