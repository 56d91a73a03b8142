using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Standins;

public sealed class InputTests
{
    [Fact]
    public async Task A_value_or_an_output_is_an_input()
    {
        Input<string> fromValue = "a";
        Input<string> fromOutput = Output.CreateSecret("b");

        Assert.Equal("a", await OutputUtilities.GetValueAsync((Output<string>)fromValue));
        Assert.Equal("b", await OutputUtilities.GetValueAsync(fromOutput.ToOutput()));
        Assert.True(await Output.IsSecretAsync(fromOutput.ToOutput()));
        Assert.Equal(1, await OutputUtilities.GetValueAsync(fromValue.Apply(text => text.Length)));
    }

    [Fact]
    public async Task A_missing_input_is_the_default_value()
    {
        Input<int>? missing = null;

        Assert.Equal(0, await OutputUtilities.GetValueAsync(missing.ToOutput()));
        Assert.True(await OutputUtilities.GetIsKnownAsync(missing.ToOutput()));
    }

    [Fact]
    public async Task A_union_takes_either_type()
    {
        InputUnion<int, string> number = 5;
        InputUnion<int, string> text = "http";
        InputUnion<int, string> output = Output.Create("late");
        InputUnion<int, string> input = (Input<int>)6;

        Assert.Equal(5, (await OutputUtilities.GetValueAsync(number.ToOutput())).AsT0);
        Assert.Equal("http", (await OutputUtilities.GetValueAsync(text.ToOutput())).AsT1);
        Assert.Equal("late", (await OutputUtilities.GetValueAsync(output.ToOutput())).Value);
        Assert.Equal(6, (await OutputUtilities.GetValueAsync(input.ToOutput())).Value);
    }

    [Fact]
    public async Task Json_comes_from_text_documents_and_outputs()
    {
        InputJson text = """{"a":[1,true]}""";
        InputJson output = Output.Create("""{"a":[1,true]}""");

        Assert.Equal("""{"a":[1,true]}""", (await OutputUtilities.GetValueAsync(text.ToOutput())).GetRawText());
        Assert.Equal(JsonValueKind.Object, (await OutputUtilities.GetValueAsync(output.ToOutput())).ValueKind);
    }

    [Fact]
    public void A_union_is_one_of_two()
    {
        Union<int, string> number = 1;
        Union<int, string> text = "1";

        Assert.True(number.IsT0);
        Assert.Equal("n1", number.Match(value => "n" + value, value => "t" + value));
        Assert.Equal("t1", text.Match(value => "n" + value, value => "t" + value));
        Assert.Throws<InvalidOperationException>(() => number.AsT1);
        Assert.False(number.TryPickT1(out _, out var remainder));
        Assert.Equal(1, remainder);
        Assert.Equal(2, number.MapT0(value => value + 1).AsT0);
        Assert.Equal(1, text.MapT1(value => value.Length).AsT1);
        Assert.Equal(number, Union<int, string>.FromT0(1));
        Assert.NotEqual(number, text);
        Assert.Equal("System.Int32: 1", number.ToString());
    }

    [Fact]
    public async Task A_list_comes_from_values_arrays_and_outputs()
    {
        InputList<string> one = "a";
        InputList<string> fromArray = new[] { "a", "b" };
        InputList<string> fromList = new List<Output<string>> { Output.Create("a"), Output.CreateSecret("b") };
        InputList<string> fromOutput = Output.Create(ImmutableArray.Create("a", "b"));
        InputList<string> initialized = new() { "a", Output.Create("b"), fromArray };

        Assert.Equal(["a"], (await OutputUtilities.GetValueAsync(one.ToOutput())).AsEnumerable());
        Assert.Equal(["a", "b"], (await OutputUtilities.GetValueAsync(fromArray.ToOutput())).AsEnumerable());
        Assert.Equal(["a", "b"], (await OutputUtilities.GetValueAsync(fromList.ToOutput())).AsEnumerable());
        Assert.True(await Output.IsSecretAsync(fromList.ToOutput()));
        Assert.Equal(["a", "b"], (await OutputUtilities.GetValueAsync(fromOutput.ToOutput())).AsEnumerable());
        Assert.Equal(["a", "b", "a", "b"], (await OutputUtilities.GetValueAsync(initialized.ToOutput())).AsEnumerable());
    }

    [Fact]
    public async Task Lists_are_joined_without_being_changed()
    {
        InputList<int> first = new() { 1 };
        InputList<int> second = new() { 2, 3 };

        Assert.Equal([1, 2, 3], (await OutputUtilities.GetValueAsync(first.Concat(second).ToOutput())).AsEnumerable());
        Assert.Equal([1], (await OutputUtilities.GetValueAsync(first.ToOutput())).AsEnumerable());

        var items = new List<int>();
        await foreach (var item in second)
        {
            items.Add(await OutputUtilities.GetValueAsync(item.ToOutput()));
        }

        Assert.Equal([2, 3], items);
    }

    [Fact]
    public async Task A_map_comes_from_values_dictionaries_and_outputs()
    {
        InputMap<string> initialized = new() { { "a", "1" }, { "b", Output.CreateSecret("2") } };
        InputMap<string> indexed = new() { ["a"] = "1" };
        InputMap<string> fromDictionary = new Dictionary<string, string> { ["a"] = "1" };
        InputMap<string> fromOutput = Output.Create(new Dictionary<string, string> { ["a"] = "1" });

        Assert.Equal([("a", "1"), ("b", "2")], await ItemsAsync(initialized));
        Assert.True(await Output.IsSecretAsync(initialized.ToOutput()));
        Assert.Equal([("a", "1")], await ItemsAsync(indexed));
        Assert.Equal([("a", "1")], await ItemsAsync(fromDictionary));
        Assert.Equal([("a", "1")], await ItemsAsync(fromOutput));
    }

    [Fact]
    public async Task In_a_merged_map_the_second_counts()
    {
        InputMap<string> first = new() { { "a", "1" }, { "b", "1" } };
        InputMap<string> second = new() { { "b", "2" } };

        Assert.Equal([("a", "1"), ("b", "2")], await ItemsAsync(InputMap<string>.Merge(first, second)));
        Assert.Equal([("a", "1"), ("b", "1")], await ItemsAsync(first));
    }

    [Fact]
    public async Task A_key_may_be_added_again_with_the_same_value_only()
    {
        InputMap<string> same = new() { { "a", "1" }, { "a", "1" } };
        InputMap<string> different = new() { { "a", "1" }, { "a", "2" } };

        Assert.Equal([("a", "1")], await ItemsAsync(same));
        await Assert.ThrowsAsync<ArgumentException>(() => ItemsAsync(different));
    }

    private static async Task<IEnumerable<(string Key, string Value)>> ItemsAsync(InputMap<string> map) =>
        [.. (await OutputUtilities.GetValueAsync(map.ToOutput()))
            .OrderBy(item => item.Key, StringComparer.Ordinal)
            .Select(item => (item.Key, item.Value))];
}
