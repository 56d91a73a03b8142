using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Standins;

public sealed class OutputCombinationTests
{
    [Fact]
    public async Task All_keeps_the_order()
    {
        int[] expected = [1, 2, 3];

        var ofOutputs = await OutputUtilities.GetValueAsync(Output.All(Output.Create(1), Output.Create(2), Output.Create(3)));
        var ofInputs = await OutputUtilities.GetValueAsync(Output.All<int>(new List<Input<int>> { 1, 2, 3 }));

        Assert.Equal(expected, ofOutputs.AsEnumerable());
        Assert.Equal(expected, ofInputs.AsEnumerable());
        Assert.Empty(await OutputUtilities.GetValueAsync(Output.All(Enumerable.Empty<Output<int>>())));
    }

    [Fact]
    public async Task One_unknown_makes_all_unknown_and_one_secret_makes_all_secret()
    {
        var all = Output.All(Output.Create(1), OutputUtilities.CreateUnknown(2), Output.CreateSecret(3));

        Assert.False(await OutputUtilities.GetIsKnownAsync(all));
        Assert.True(await Output.IsSecretAsync(all));
    }

    [Fact]
    public async Task A_tuple_holds_values_of_many_types()
    {
        var tuple = Output.Tuple(Output.Create(1), Output.Create("two"), Output.CreateSecret(true));

        Assert.Equal((1, "two", true), await OutputUtilities.GetValueAsync(tuple));
        Assert.True(await Output.IsSecretAsync(tuple));
    }

    [Fact]
    public async Task A_tuple_may_have_eight_parts()
    {
        Input<int> one = 1;

        Assert.Equal((1, 1, 1, 1, 1, 1, 1, 1), await OutputUtilities.GetValueAsync(Output.Tuple(one, one, one, one, one, one, one, one)));
    }

    [Fact]
    public async Task Format_fills_holes_with_inputs_outputs_and_plain_values()
    {
        Input<string> input = "in";

        var text = Output.Format($"{input}-{Output.Create(1.5)}-{"plain"}-{null}-{7:D3}");

        Assert.Equal("in-1.5-plain--007", await OutputUtilities.GetValueAsync(text));
    }

    [Fact]
    public async Task Shortcuts_for_arrays_and_unions()
    {
        var array = Output.Create(ImmutableArray.Create("a", "b"));
        var union = Output.Create(Union<int, string>.FromT1("x"));

        Assert.Equal("a", await OutputUtilities.GetValueAsync(array.First()));
        Assert.Equal("b", await OutputUtilities.GetValueAsync(array.GetAt(1)));
        Assert.Equal(2, await OutputUtilities.GetValueAsync(array.Length()));
        Assert.True(await OutputUtilities.GetValueAsync(union.IsT1()));
        Assert.Equal("x", await OutputUtilities.GetValueAsync(union.AsT1()));
        Assert.Equal("x", await OutputUtilities.GetValueAsync(union.Value()));
    }

    [Fact]
    public async Task Json_text_holds_the_values_of_outputs_within()
    {
        var value = Output.Create(new Dictionary<string, object> { ["a"] = Output.Create(1), ["b"] = Output.CreateSecret("s") });

        var text = Output.JsonSerialize(value);

        Assert.Equal("""{"a":1,"b":"s"}""", await OutputUtilities.GetValueAsync(text));
        Assert.True(await Output.IsSecretAsync(text));
    }

    [Fact]
    public async Task Json_text_with_an_unknown_value_within_is_unknown()
    {
        var text = Output.JsonSerialize(Output.Create(new[] { OutputUtilities.CreateUnknown(1) }));

        Assert.False(await OutputUtilities.GetIsKnownAsync(text));
    }

    [Fact]
    public async Task Json_is_read_as_secret_as_it_is()
    {
        var value = Output.JsonDeserialize<Dictionary<string, Output<int>>>(Output.CreateSecret("""{"a":1}"""));

        Assert.True(await Output.IsSecretAsync(value));
        var inner = (await OutputUtilities.GetValueAsync(value))["a"];
        Assert.Equal(1, await OutputUtilities.GetValueAsync(inner));
        Assert.True(await Output.IsSecretAsync(inner));
    }
}
