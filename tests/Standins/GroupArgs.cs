using Pulumi;

namespace Tests.Standins;

/// <summary>The inputs of a <see cref="Group"/>.</summary>
internal sealed class GroupArgs : ResourceArgs
{
    [Input("size")]
    public Input<int>? Size { get; set; }
}
