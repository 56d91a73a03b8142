using Pulumi;

namespace Tests.Standins;

/// <summary>A component with the things it is told to make.</summary>
internal sealed class Group : ComponentResource
{
    public Group(string name, Action<Group> make, GroupArgs? args = null, ComponentResourceOptions? options = null)
        : base("test:index:Group", name, args, options)
    {
        make(this);
        RegisterOutputs();
    }

    [Output("first")]
    public Output<string>? First { get; set; }

    [Output]
    public Output<int>? Count { get; set; }
}
