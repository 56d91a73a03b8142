using Pulumi;

namespace Tests.Standins;

/// <summary>Inputs within the inputs of a <see cref="Thing"/>.</summary>
internal sealed class PartArgs : ResourceArgs
{
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("size")]
    public Input<int>? Size { get; set; }
}
