namespace Pulumi;

/// <summary>A resource that is known by its URN alone: what a resource among the inputs looks like to a mock.</summary>
internal sealed class DependencyResource : CustomResource
{
    public DependencyResource(string urn) => Urn = new Output<string>(new OutputData<string>([this], urn, true, false));
}
