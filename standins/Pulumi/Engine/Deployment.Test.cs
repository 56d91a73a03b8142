using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

public sealed partial class Deployment
{
    public static Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new() => TestAsync(mocks, options, () => new TStack());

    public static Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(
        IMocks mocks, IServiceProvider serviceProvider, TestOptions? options = null)
        where TStack : Stack
    {
        return TestAsync(mocks, options, MakeStack);

        TStack MakeStack()
        {
            ArgumentNullException.ThrowIfNull(serviceProvider);
            return serviceProvider.GetService(typeof(TStack)) as TStack
                ?? throw new InvalidOperationException($"The service provider has no {typeof(TStack)}: register the type with it first.");
        }
    }

    public static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task<IDictionary<string, object?>>> createResources)
    {
        var resources = await TestAsync(testMocks, testOptions, () => new TestStack(createResources)).ConfigureAwait(false);
        return ([.. resources.Where(resource => resource is not TestStack)], resources.OfType<TestStack>().Single().Outputs);
    }

    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<IDictionary<string, object?>> createResources) =>
        TestAsync(testMocks, testOptions, () => Task.FromResult(createResources()));

    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Func<Task> createResources)
    {
        return (await TestAsync(testMocks, testOptions, WithoutOutputsAsync).ConfigureAwait(false)).Resources;

        async Task<IDictionary<string, object?>> WithoutOutputsAsync()
        {
            await createResources().ConfigureAwait(false);
            return new Dictionary<string, object?>();
        }
    }

    public static Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Action createResources) =>
        TestAsync(testMocks, testOptions, () =>
        {
            createResources();
            return Task.CompletedTask;
        });

    // Asynchronous also where it need not be: what it puts into the async context stays within it.
    private static async Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options, Func<TStack> makeStack)
        where TStack : Stack
    {
        if (Ambient.Value is not null)
        {
            throw new InvalidOperationException("Deployment.Instance should only be set once at the beginning of a 'Run' call.");
        }

        var deployment = new Deployment(mocks, options ?? new TestOptions());
        Ambient.Value = new DeploymentInstance(deployment);
        await deployment.Runner.RunAsync(makeStack).ConfigureAwait(false);
        return deployment.Runner.Errors switch
        {
            [] => deployment.Monitor.Resources,
            [var only] => throw new RunException(only),
            var several => throw new AggregateException(several.Select(error => new RunException(error))),
        };
    }
}
