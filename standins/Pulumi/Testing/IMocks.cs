namespace Pulumi.Testing;

/// <summary>Stands for the providers in a test.</summary>
public interface IMocks
{
    /// <summary>Called for each resource, in the order of registration, once all it depends on is registered.</summary>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    Task<object> CallAsync(MockCallArgs args);

    /// <summary>Called when a component, or the stack, is complete.</summary>
    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;
}
