using Pulumi;

namespace Tests.Standins;

/// <summary>A value within an output.</summary>
[OutputType]
internal sealed class Part
{
    public readonly string Name;
    public readonly int? Size;

    [OutputConstructor]
    private Part(string name, int? size)
    {
        Name = name;
        Size = size;
    }
}
