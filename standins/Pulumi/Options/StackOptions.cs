namespace Pulumi;

/// <summary>Options for every resource of a stack.</summary>
public class StackOptions
{
    public List<ResourceTransformation> ResourceTransformations { get; set; } = [];
}
