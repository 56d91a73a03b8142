using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Standins;

/// <summary>How the state that a mock returns becomes the outputs of a resource.</summary>
[Collection("deployment")]
public sealed class StateTests
{
    [Fact]
    public async Task Outputs_are_filled_by_wire_name()
    {
        var thing = await MakeAsync(new Dictionary<string, object>
        {
            ["text"] = "t",
            ["number"] = 5,
            ["part"] = new Dictionary<string, object> { ["name"] = "n", ["size"] = 3 },
            ["parts"] = new List<object> { new Dictionary<string, object> { ["name"] = "a" } },
            ["labels"] = ImmutableDictionary<string, string>.Empty.Add("app", "mysql"),
            ["either"] = "http",
        });

        Assert.Equal("t", await OutputUtilities.GetValueAsync(thing.Text));
        Assert.Equal(5, await OutputUtilities.GetValueAsync(thing.Number));
        Assert.Equal(("n", 3), await OutputUtilities.GetValueAsync(thing.Part.Apply(part => (part!.Name, part.Size!.Value))));
        var only = Assert.Single(await OutputUtilities.GetValueAsync(thing.Parts));
        Assert.Equal(("a", null), (only.Name, only.Size));
        Assert.Equal("mysql", (await OutputUtilities.GetValueAsync(thing.Labels))!["app"]);
        Assert.Equal("http", (await OutputUtilities.GetValueAsync(thing.Either)).AsT1);
    }

    [Fact]
    public async Task A_union_takes_the_first_type_that_fits()
    {
        var thing = await MakeAsync(new Dictionary<string, object> { ["either"] = 7.0 });

        Assert.Equal(7, (await OutputUtilities.GetValueAsync(thing.Either)).AsT0);
    }

    [Fact]
    public async Task An_output_depends_on_its_resource()
    {
        var thing = await MakeAsync(new Dictionary<string, object> { ["text"] = "t" });

        Assert.Equal([thing], await OutputUtilities.GetDependenciesAsync(thing.Text));
        Assert.Equal([thing], await OutputUtilities.GetDependenciesAsync(thing.Text.Apply(text => text!.Length)));
        Assert.Equal([thing], await OutputUtilities.GetDependenciesAsync(thing.Urn));
    }

    [Fact]
    public async Task A_secret_in_the_state_makes_its_output_secret_and_no_other()
    {
        var thing = await MakeAsync(new Dictionary<string, object> { ["text"] = Output.CreateSecret("pw"), ["number"] = 1 });

        Assert.True(await Output.IsSecretAsync(thing.Text));
        Assert.Equal("pw", await OutputUtilities.GetValueAsync(thing.Text));
        Assert.False(await Output.IsSecretAsync(thing.Number));
    }

    [Fact]
    public async Task An_unknown_value_in_the_state_makes_its_output_unknown()
    {
        var thing = await MakeAsync(new Dictionary<string, object> { ["text"] = OutputUtilities.CreateUnknown("x") });

        Assert.False(await OutputUtilities.GetIsKnownAsync(thing.Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_state_leaves_out_is_unknown_in_a_preview_and_missing_in_an_update(bool preview)
    {
        var thing = await MakeAsync(new Dictionary<string, object>(), preview);

        Assert.Equal(!preview, await OutputUtilities.GetIsKnownAsync(thing.Text));
        Assert.Null(await OutputUtilities.GetValueAsync(thing.Text));
        Assert.Equal(0, await OutputUtilities.GetValueAsync(thing.Number));
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_counts_as_missing()
    {
        var thing = await MakeAsync(new Dictionary<string, object> { ["text"] = 5, ["number"] = "five", ["part"] = "none" });

        Assert.Null(await OutputUtilities.GetValueAsync(thing.Text));
        Assert.Equal(0, await OutputUtilities.GetValueAsync(thing.Number));
        Assert.Null(await OutputUtilities.GetValueAsync(thing.Part));
    }

    [Fact]
    public async Task The_id_is_known_if_the_mock_gives_one()
    {
        var with = await Program.MakeAsync(new RecordingMocks(), () => new Thing("thing"));
        var without = await Program.MakeAsync(new RecordingMocks { Id = _ => null }, () => new Thing("thing"));

        Assert.Equal("thing-id", await OutputUtilities.GetValueAsync(with.Id));
        Assert.False(await OutputUtilities.GetIsKnownAsync(without.Id));
    }

    [Fact]
    public async Task A_state_that_is_no_dictionary_fails_the_deployment()
    {
        var error = await Assert.ThrowsAsync<RunException>(() => MakeAsync(new object()));

        Assert.Contains("System.Object is not a supported argument type", error.Message, StringComparison.Ordinal);
    }

    private static Task<Thing> MakeAsync(object state, bool preview = false) =>
        Program.MakeAsync(new RecordingMocks { State = _ => state }, () => new Thing("thing"), preview);
}
