using Pulumi.Testing;
using Xunit;

namespace Tests.Standins;

/// <summary>Mocks that write down what they are asked, in order, and give each resource its own inputs as state.</summary>
internal sealed class RecordingMocks : IMocks
{
    private readonly List<MockResourceArgs> _resources = [];
    private readonly List<MockRegisterResourceOutputsRequest> _outputs = [];
    private readonly List<string> _steps = [];

    /// <summary>How long the registration of a resource takes, by its name; no time at all unless given.</summary>
    public Dictionary<string, TimeSpan> Delays { get; } = [];

    /// <summary>The state of a resource; its inputs unless given.</summary>
    public Func<MockResourceArgs, object> State { get; init; } = args => args.Inputs;

    /// <summary>The id of a resource; its name and "-id" unless given.</summary>
    public Func<MockResourceArgs, string?> Id { get; init; } = args => args.Name + "-id";

    public IReadOnlyList<MockResourceArgs> Resources => Copy(_resources);

    public IReadOnlyList<MockRegisterResourceOutputsRequest> Outputs => Copy(_outputs);

    /// <summary>"name begins" and "name ends" for each resource.</summary>
    public IReadOnlyList<string> Steps => Copy(_steps);

    public MockResourceArgs this[string name] => Assert.Single(Resources, resource => resource.Name == name);

    public async Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        Add(_resources, args);
        Add(_steps, args.Name + " begins");
        if (Delays.TryGetValue(args.Name!, out var delay))
        {
            await Task.Delay(delay);
        }

        var state = State(args);
        Add(_steps, args.Name + " ends");
        return (Id(args), state);
    }

    public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException(args.Token);

    public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args)
    {
        Add(_outputs, args);
        return Task.CompletedTask;
    }

    private static void Add<T>(List<T> list, T item)
    {
        lock (list)
        {
            list.Add(item);
        }
    }

    private static List<T> Copy<T>(List<T> list)
    {
        lock (list)
        {
            return [.. list];
        }
    }
}
