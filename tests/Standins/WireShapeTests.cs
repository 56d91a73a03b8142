using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Standins;

/// <summary>What a mock is given for what a program gives.</summary>
[Collection("deployment")]
public sealed class WireShapeTests
{
    [Fact]
    public async Task Basic_values_arrive_as_themselves_and_numbers_as_double()
    {
        var inputs = await InputsAsync(() => new ThingArgs
        {
            Text = "t",
            Number = 5,
            Fraction = 0.5,
            Truth = true,
            Day = DayOfWeek.Friday,
        });

        Assert.Equal("t", Assert.IsType<string>(inputs["text"]));
        Assert.Equal(5d, Assert.IsType<double>(inputs["number"]));
        Assert.Equal(0.5, Assert.IsType<double>(inputs["fraction"]));
        Assert.True(Assert.IsType<bool>(inputs["truth"]));
        Assert.Equal(5d, Assert.IsType<double>(inputs["day"]));
    }

    [Fact]
    public async Task Nested_values_arrive_as_immutable_dictionaries_and_arrays()
    {
        var inputs = await InputsAsync(() => new ThingArgs
        {
            Part = new PartArgs { Name = "n" },
            Parts = { new PartArgs { Name = "a", Size = 1 }, new PartArgs { Name = "b" } },
            Labels = { { "app", "mysql" } },
            Plain = ["x", "y"],
        });

        Assert.Equal("n", Assert.IsType<ImmutableDictionary<string, object>>(inputs["part"])["name"]);
        var parts = Assert.IsType<ImmutableArray<object>>(inputs["parts"]);
        var first = Assert.IsType<ImmutableDictionary<string, object>>(parts[0]);
        Assert.Equal(1d, first["size"]);
        Assert.Equal(["name"], Assert.IsType<ImmutableDictionary<string, object>>(parts[1]).Keys);
        Assert.Equal("mysql", Assert.IsType<ImmutableDictionary<string, object>>(inputs["labels"])["app"]);
        Assert.Equal(["x", "y"], Assert.IsType<ImmutableArray<object>>(inputs["plain"]).AsEnumerable());
    }

    [Fact]
    public async Task What_is_not_given_is_left_out_but_an_empty_collection_is_not()
    {
        var inputs = await InputsAsync(() => new ThingArgs());

        Assert.Equal(["labels", "parts"], inputs.Keys.Order());
        Assert.Empty(Assert.IsType<ImmutableArray<object>>(inputs["parts"]));
        Assert.Empty(Assert.IsType<ImmutableDictionary<string, object>>(inputs["labels"]));
    }

    [Fact]
    public async Task Unions_and_json_arrive_as_their_values()
    {
        var inputs = await InputsAsync(() => new ThingArgs { Either = "http", Json = """{"a":[1,null,"x"],"b":null}""" });

        Assert.Equal("http", inputs["either"]);
        var json = Assert.IsType<ImmutableDictionary<string, object>>(inputs["json"]);
        Assert.Equal(new object?[] { 1d, null, "x" }, Assert.IsType<ImmutableArray<object>>(json["a"]));
    }

    [Fact]
    public async Task An_input_marked_as_json_arrives_as_its_text()
    {
        var inputs = await InputsAsync(() => new ThingArgs { AsJson = new PartArgs { Name = "a\"b", Size = 2 } });

        Assert.Equal("""{ "name": "a\"b", "size": 2 }""", inputs["asJson"]);
    }

    [Theory]
    [InlineData("<é&>", """{ "name": "\u003cé&\u003e" }""")]
    [InlineData("a\nb\\", """{ "name": "a\nb\\" }""")]
    public async Task The_text_of_json_is_escaped_as_the_sdk_does(string name, string expected)
    {
        var inputs = await InputsAsync(() => new ThingArgs { AsJson = new PartArgs { Name = name } });

        Assert.Equal(expected, inputs["asJson"]);
    }

    [Fact]
    public async Task Secrets_arrive_unwrapped_wherever_they_stand()
    {
        var inputs = await InputsAsync(() => new ThingArgs
        {
            Text = Output.CreateSecret("pw"),
            Labels = { { "a", Output.CreateSecret("b") } },
            Part = Output.CreateSecret(new PartArgs { Name = Output.CreateSecret("n") }),
        });

        Assert.Equal("pw", inputs["text"]);
        Assert.Equal("b", Assert.IsType<ImmutableDictionary<string, object>>(inputs["labels"])["a"]);
        Assert.Equal("n", Assert.IsType<ImmutableDictionary<string, object>>(inputs["part"])["name"]);
    }

    [Fact]
    public async Task An_unknown_value_takes_the_whole_input_it_stands_in_with_it()
    {
        var inputs = await InputsAsync(() => new ThingArgs
        {
            Text = OutputUtilities.CreateUnknown("x"),
            Number = 1,
            Labels = { { "known", "yes" }, { "unknown", OutputUtilities.CreateUnknown("x") } },
        });

        Assert.Equal(["number", "parts"], inputs.Keys.Order());
    }

    [Fact]
    public async Task A_value_of_any_type_may_be_nested_collections()
    {
        var inputs = await InputsAsync(() => new ThingArgs
        {
            Anything = new Dictionary<string, object?> { ["list"] = new List<object> { 1, "two", Output.Create(3) }, ["gone"] = null },
        });

        var anything = Assert.IsType<ImmutableDictionary<string, object>>(inputs["anything"]);
        Assert.Equal(["list"], anything.Keys);
        Assert.Equal(new object[] { 1d, "two", 3d }, Assert.IsType<ImmutableArray<object>>(anything["list"]));
    }

    [Fact]
    public async Task A_resource_among_the_inputs_arrives_as_a_resource()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () => _ = new Thing("second", new ThingArgs { Other = new Thing("first") }));

        var resource = Assert.IsAssignableFrom<Resource>(mocks["second"].Inputs["other"]);
        Assert.Equal(
            "urn:pulumi:stack::project::pulumi:pulumi:Stack$test:index:Thing::first", await OutputUtilities.GetValueAsync(resource.Urn));
    }

    private static async Task<ImmutableDictionary<string, object>> InputsAsync(Func<ThingArgs> args)
    {
        var mocks = new RecordingMocks();
        await Program.RunAsync(mocks, () => _ = new Thing("thing", args()));
        Assert.Equal("test:index:Thing", mocks["thing"].Type);
        Assert.Equal("", mocks["thing"].Provider);
        Assert.Equal("", mocks["thing"].Id);
        return mocks["thing"].Inputs;
    }
}
