using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>A run of a program. These stand-ins carry the one under mocks only.</summary>
public sealed partial class Deployment
{
    private static readonly AsyncLocal<DeploymentInstance?> Ambient = new();

    private readonly Registrar _registrar;

    private Deployment(IMocks mocks, TestOptions options)
    {
        Options = options;
        Monitor = new MockMonitor(mocks);
        _registrar = new Registrar(this);
    }

    /// <exception cref="InvalidOperationException">There is none: the code does not run within a deployment.</exception>
    public static DeploymentInstance Instance =>
        Ambient.Value ?? throw new InvalidOperationException("Trying to acquire Deployment.Instance before 'Run' was called.");

    internal static Deployment? Current => Ambient.Value?.Deployment;

    internal static Deployment Running => Instance.Deployment;

    internal TestOptions Options { get; }

    internal MockMonitor Monitor { get; }

    internal Runner Runner { get; } = new();

    internal ImmutableDictionary<string, string> Settings { get; } = EnvironmentSettings.Read();

    internal Stack Stack
    {
        get => field ?? throw new InvalidOperationException("Trying to acquire Deployment.Stack before 'Run' was called.");
        set;
    }

    /// <summary>Under mocks every version will do.</summary>
    public static Task RequirePulumiVersionAsync(string pulumiVersionRange)
    {
        _ = Instance;
        return Task.CompletedTask;
    }

    internal void Register(
        Resource resource, ResourceArgs args, ResourceOptions options, ImmutableDictionary<string, OutputPromise> promises) =>
        Runner.Track(_registrar.RegisterAsync(resource, args, options, promises));

    internal void RegisterOutputs(Resource resource, Output<IDictionary<string, object?>> outputs) =>
        Runner.Track(_registrar.RegisterOutputsAsync(resource, outputs));
}
