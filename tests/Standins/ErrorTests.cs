using Pulumi;
using Pulumi.Testing;
using Xunit;

namespace Tests.Standins;

[Collection("deployment")]
public sealed class ErrorTests : IDisposable
{
    // A failed deployment sets the exit code of the process it runs in.
    public void Dispose() => Environment.ExitCode = 0;

    [Fact]
    public async Task A_run_exception_arrives_with_its_message_alone()
    {
        var error = await RunAsync(() => throw new RunException("the stack's name is wrong"));

        Assert.Equal("the stack's name is wrong", error.Message);
        Assert.Null(error.InnerException);
    }

    [Fact]
    public async Task Any_other_exception_arrives_as_text()
    {
        var error = await RunAsync(() => throw new InvalidOperationException("no such thing"));

        Assert.Contains("failed with an unhandled exception", error.Message, StringComparison.Ordinal);
        Assert.Contains("no such thing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_exception_may_hide_where_it_came_from()
    {
        var error = await RunAsync(() => throw new ResourceException("bad resource", null, hideStack: true));

        Assert.Equal("bad resource", error.Message);
    }

    [Fact]
    public async Task An_error_of_a_mock_fails_the_deployment_and_what_depends_on_it_is_not_registered()
    {
        var mocks = new RecordingMocks { State = _ => throw new InvalidOperationException("mock says no") };

        // The failure of the second may be reported as well, or not: whichever is seen first ends the deployment.
        var error = await Assert.ThrowsAnyAsync<Exception>(() => Program.RunAsync(mocks, () =>
        {
            var first = new Thing("first");
            _ = new Thing("second", new ThingArgs { Text = first.Text.Apply(text => text!) });
        }));

        Assert.All(
            (error as AggregateException)?.InnerExceptions ?? [error],
            one => Assert.Contains("mock says no", Assert.IsType<RunException>(one).Message, StringComparison.Ordinal));
        Assert.Equal(["first"], mocks.Resources.Select(resource => resource.Name));
    }

    [Fact]
    public async Task An_error_in_apply_fails_the_deployment()
    {
        var error = await RunAsync(() => Output.Create(1).Apply<int>(int (_) => throw new InvalidOperationException("apply says no")));

        Assert.Contains("apply says no", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logged_error_fails_the_deployment_and_the_rest_is_registered()
    {
        var mocks = new RecordingMocks();

        var error = await Assert.ThrowsAsync<RunException>(() => Program.RunAsync(mocks, () =>
        {
            Log.Warn("careful");
            Log.Error("this will not do");
            _ = new Thing("thing");
        }));

        Assert.Equal("this will not do", error.Message);
        Assert.Equal(["thing"], mocks.Resources.Select(resource => resource.Name));
    }

    [Fact]
    public async Task Several_logged_errors_arrive_together()
    {
        var errors = await Assert.ThrowsAsync<AggregateException>(() => Program.RunAsync(new RecordingMocks(), () =>
        {
            Log.Error("one");
            Log.Error("two");
        }));

        Assert.Equal(["one", "two"], errors.InnerExceptions.Select(error => Assert.IsType<RunException>(error).Message).Order());
    }

    [Fact]
    public async Task A_missing_required_input_is_named()
    {
        var error = await RunAsync(() => _ = new Thing("thing", new ThingArgs { Part = new PartArgs() }));

        Assert.Contains("PartArgs.Name is required but was not given a value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_cannot_be_an_input_is_named()
    {
        var error = await RunAsync(() => _ = new Thing("thing", new ThingArgs { Anything = new Version(1, 0) }));

        Assert.Contains("error serializing property \"anything\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("System.Version is not a supported argument type", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_within_the_inputs_is_refused()
    {
        var error = await RunAsync(() => _ = new Thing("thing", new ThingArgs { Anything = new List<object> { Task.FromResult(1) } }));

        Assert.Contains("Tasks are not allowed inside ResourceArgs", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData(null, "name")]
    public async Task A_resource_needs_a_name(string? name, string named)
    {
        var error = await RunAsync(() => _ = new Thing(name!));

        Assert.Contains($"'{named}' cannot be null or empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_belongs_into_a_deployment()
    {
        Assert.Throws<InvalidOperationException>(() => new Thing("thing"));
        Assert.Throws<InvalidOperationException>(() => Log.Info("x"));
        Assert.Throws<InvalidOperationException>(() => new Config());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Deployment.RunAsync(() => { }));
    }

    [Fact]
    public async Task Outputs_of_a_stack_must_be_set()
    {
        var error = await Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync<ForgetfulStack>(new RecordingMocks()));

        Assert.Contains("'Forgotten'", error.Message, StringComparison.Ordinal);
    }

    private static Task<RunException> RunAsync(Action program) =>
        Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync(new RecordingMocks(), new TestOptions(), program));

    private sealed class ForgetfulStack : Stack
    {
        [Output]
        public Output<string>? Forgotten { get; set; }
    }
}
