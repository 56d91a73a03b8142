using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Standins;

public sealed class OutputTests
{
    [Fact]
    public async Task A_value_is_known_and_no_secret()
    {
        var output = Output.Create(5);

        Assert.Equal(5, await OutputUtilities.GetValueAsync(output));
        Assert.True(await OutputUtilities.GetIsKnownAsync(output));
        Assert.False(await Output.IsSecretAsync(output));
        Assert.Empty(await OutputUtilities.GetDependenciesAsync(output));
    }

    [Fact]
    public async Task A_task_is_waited_for()
    {
        var source = new TaskCompletionSource<string>();
        var output = Output.Create(source.Task).Apply(text => text + "!");

        source.SetResult("late");

        Assert.Equal("late!", await OutputUtilities.GetValueAsync(output));
    }

    [Fact]
    public async Task Nothing_is_applied_to_an_unknown_value()
    {
        var calls = 0;
        var output = OutputUtilities.CreateUnknown("x").Apply(text => text.Length + calls++);

        Assert.False(await OutputUtilities.GetIsKnownAsync(output));
        Assert.Equal(0, await OutputUtilities.GetValueAsync(output));
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task The_factory_of_an_unknown_value_is_never_called()
    {
        var calls = 0;
        var output = OutputUtilities.CreateUnknown(() => Task.FromResult(calls++));

        Assert.False(await OutputUtilities.GetIsKnownAsync(output));
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task What_derives_from_a_secret_is_secret()
    {
        var secret = Output.CreateSecret("pw");

        Assert.True(await Output.IsSecretAsync(secret.Apply(text => text.Length)));
        Assert.True(await Output.IsSecretAsync(Output.Format($"{secret} and more")));
        Assert.True(await Output.IsSecretAsync(Output.Create(1).Apply(_ => secret)));
        Assert.False(await Output.IsSecretAsync(Output.Unsecret(secret)));
        Assert.True(await Output.IsSecretAsync(secret));
    }

    [Fact]
    public async Task A_secret_may_be_unknown()
    {
        var output = Output.CreateSecret(OutputUtilities.CreateUnknown("x")).Apply(text => text.Length);

        Assert.True(await Output.IsSecretAsync(output));
        Assert.False(await OutputUtilities.GetIsKnownAsync(output));
    }

    [Fact]
    public async Task A_task_may_hold_a_secret()
    {
        var output = Output.CreateSecret(Task.FromResult(3));

        Assert.True(await Output.IsSecretAsync(output));
        Assert.Equal(3, await OutputUtilities.GetValueAsync(output));
    }

    [Fact]
    public async Task Apply_takes_what_a_function_may_return()
    {
        var output = Output.Create(2);

        Assert.Equal(3, await OutputUtilities.GetValueAsync(output.Apply(number => number + 1)));
        Assert.Equal(4, await OutputUtilities.GetValueAsync(output.Apply(async number =>
        {
            await Task.Yield();
            return number + 2;
        })));
        Assert.Equal(5, await OutputUtilities.GetValueAsync(output.Apply(number => Output.Create(number + 3))));
        Assert.Equal(6, await OutputUtilities.GetValueAsync(output.Apply(number => (Input<int>)(number + 4))));
        Assert.Null(await OutputUtilities.GetValueAsync(output.Apply(_ => (Output<string>?)null)));
    }

    [Fact]
    public async Task An_inner_unknown_makes_the_result_unknown()
    {
        var output = Output.Create(2).Apply(_ => OutputUtilities.CreateUnknown("x"));

        Assert.False(await OutputUtilities.GetIsKnownAsync(output));
    }

    [Fact]
    public async Task An_error_in_a_function_is_the_outputs_error()
    {
        var output = Output.Create(2).Apply<int>(int (_) => throw new InvalidOperationException("no")).Apply(number => number + 1);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => OutputUtilities.GetValueAsync(output));
        Assert.Equal("no", error.Message);
    }

    [Fact]
    public async Task A_deferred_output_takes_the_value_it_is_given_once()
    {
        var deferred = new DeferredOutput<int>();
        var output = deferred.Output.Apply(number => number + 1);

        deferred.Resolve(Output.CreateSecret(1));

        Assert.Equal(2, await OutputUtilities.GetValueAsync(output));
        Assert.True(await Output.IsSecretAsync(output));
        Assert.Throws<InvalidOperationException>(() => deferred.Resolve(Output.Create(2)));
    }
}
