using Pulumi;
using Xunit;

namespace Tests.Standins;

/// <summary>A resource is registered once all it depends on is: a slow dependency shows it.</summary>
[Collection("deployment")]
public sealed class RegistrationOrderTests
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(60);

    private static readonly string[] OneAfterTheOther = ["first begins", "first ends", "second begins", "second ends"];

    [Fact]
    public async Task Resources_without_dependencies_do_not_wait()
    {
        var steps = await StepsAsync(() =>
        {
            _ = new Thing("first");
            _ = new Thing("second");
        });

        Assert.Equal(["first begins", "second begins", "second ends", "first ends"], steps);
    }

    [Fact]
    public async Task An_explicit_dependency_is_waited_for()
    {
        var steps = await StepsAsync(() =>
        {
            var first = new Thing("first");
            _ = new Thing("second", null, new CustomResourceOptions { DependsOn = { first } });
        });

        Assert.Equal(OneAfterTheOther, steps);
    }

    [Fact]
    public async Task An_output_among_the_inputs_is_waited_for()
    {
        var steps = await StepsAsync(() =>
        {
            var first = new Thing("first", new ThingArgs { Text = "t" });
            _ = new Thing("second", new ThingArgs { Labels = { { "a", first.Text.Apply(text => text!) } } });
        });

        Assert.Equal(OneAfterTheOther, steps);
    }

    [Fact]
    public async Task An_output_that_is_unknown_is_waited_for_too()
    {
        var steps = await StepsAsync(
            () =>
            {
                var first = new Thing("first");
                _ = new Thing("second", new ThingArgs { Number = first.Number });
            },
            preview: true);

        Assert.Equal(OneAfterTheOther, steps);
    }

    [Fact]
    public async Task A_dependency_passes_through_a_resource_that_an_output_was_given_to()
    {
        var steps = await StepsAsync(() =>
        {
            var first = new Thing("first");
            var text = Output.Tuple(Output.Create("t"), first.Urn).Apply(both => both.Item1);
            _ = new Thing("second", new ThingArgs { Text = Output.Format($"{text}") });
        });

        Assert.Equal(OneAfterTheOther, steps);
    }

    [Fact]
    public async Task A_parent_is_waited_for()
    {
        var steps = await StepsAsync(() =>
        {
            var first = new Thing("first");
            _ = new Thing("second", null, new CustomResourceOptions { Parent = first });
        });

        Assert.Equal(OneAfterTheOther, steps);
    }

    [Fact]
    public async Task Depending_on_a_component_waits_for_the_resources_beneath_it()
    {
        var steps = await StepsAsync(() =>
        {
            var outer = new Group("outer", outer => _ = new Group(
                "inner",
                inner => _ = new Thing("first", null, new CustomResourceOptions { Parent = inner }),
                null,
                new ComponentResourceOptions { Parent = outer }));
            _ = new Thing("second", null, new CustomResourceOptions { DependsOn = { outer } });
        });

        Assert.Equal(["outer begins", "outer ends", "inner begins", "inner ends", .. OneAfterTheOther], steps);
    }

    [Fact]
    public async Task A_components_own_output_carries_the_resource_it_came_from()
    {
        var steps = await StepsAsync(() =>
        {
            var group = new Group("group", group =>
                group.First = new Thing("first", null, new CustomResourceOptions { Parent = group }).Urn);
            _ = new Thing("second", new ThingArgs { Text = group.First! });
        });

        Assert.Equal(["group begins", "group ends", .. OneAfterTheOther], steps);
    }

    [Fact]
    public async Task Resources_are_listed_in_the_order_of_registration()
    {
        var mocks = new RecordingMocks { Delays = { ["first"] = Slow } };

        var resources = await Program.RunAsync(mocks, () =>
        {
            var first = new Thing("first");
            _ = new Thing("last", null, new CustomResourceOptions { DependsOn = { first } });
            _ = new Thing("second");
        });

        Assert.Equal(["first", "second", "last"], resources.Select(resource => resource.GetResourceName()));
        Assert.Equal(["first", "second", "last"], mocks.Resources.Select(resource => resource.Name));
    }

    private static async Task<IReadOnlyList<string>> StepsAsync(Action program, bool preview = false)
    {
        var mocks = new RecordingMocks { Delays = { ["first"] = Slow } };
        await Program.RunAsync(mocks, program, preview);
        return mocks.Steps;
    }
}
