using Pulumi;
using Pulumi.Random;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Standins;

[Collection("deployment")]
public sealed class RandomTests
{
    [Fact]
    public async Task A_password_asks_for_what_it_is_given()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () => _ = new RandomPassword("pw", new RandomPasswordArgs { Length = 32, Special = false }));

        Assert.Equal("random:index/randomPassword:RandomPassword", mocks["pw"].Type);
        Assert.Equal(32d, mocks["pw"].Inputs["length"]);
        Assert.Equal(false, mocks["pw"].Inputs["special"]);
        Assert.Equal(["length", "special"], mocks["pw"].Inputs.Keys.Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Under_mocks_a_password_is_as_secret_as_the_mock_says(bool secret)
    {
        var mocks = new RecordingMocks { State = args => args.Inputs.Add("result", secret ? Output.CreateSecret("pw") : "pw") };

        var password = await Program.MakeAsync(mocks, () => new RandomPassword("pw", new RandomPasswordArgs { Length = 2 }));

        Assert.Equal("pw", await OutputUtilities.GetValueAsync(password.Result));
        Assert.Equal(secret, await Output.IsSecretAsync(password.Result));
        Assert.Equal(2, await OutputUtilities.GetValueAsync(password.Length));
    }

    [Fact]
    public async Task The_result_in_a_state_is_secret()
    {
        var state = new RandomPasswordState { Result = "pw", Length = 2 };

        Assert.True(await Output.IsSecretAsync(state.Result.ToOutput()));
        Assert.False(await Output.IsSecretAsync(state.Length.ToOutput()));
    }

    [Fact]
    public async Task Arguments_may_be_left_out_where_none_is_required()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () => _ = new RandomUuid("id"));

        Assert.Equal("random:index/randomUuid:RandomUuid", mocks["id"].Type);
        Assert.Empty(mocks["id"].Inputs);
    }
}
