using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Standins;

[Collection("deployment")]
public sealed class ComponentTests
{
    private const string StackUrn = "urn:pulumi:stack::project::pulumi:pulumi:Stack::project-stack";
    private const string GroupUrn = "urn:pulumi:stack::project::pulumi:pulumi:Stack$test:index:Group::group";

    [Fact]
    public async Task A_component_is_registered_with_its_own_type_and_inputs()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () => _ = new Group("group", _ => { }, new GroupArgs { Size = 3 }));

        Assert.Equal("test:index:Group", mocks["group"].Type);
        Assert.Equal(3d, Assert.Single(mocks["group"].Inputs).Value);
    }

    [Fact]
    public async Task Its_outputs_are_registered_by_name()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () => _ = new Group("group", group =>
        {
            group.First = Output.CreateSecret("a");
            group.Count = Output.Create(2);
        }));

        var outputs = Assert.Single(mocks.Outputs, request => request.Urn == GroupUrn).Outputs;
        Assert.Equal(["Count", "first"], outputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("a", await OutputUtilities.GetValueAsync(outputs["first"]));
        Assert.True(await Output.IsSecretAsync(outputs["first"]));
        Assert.Equal(2d, await OutputUtilities.GetValueAsync(outputs["Count"]));
    }

    [Fact]
    public async Task The_stack_registers_its_outputs_too()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () => { });

        Assert.Equal([StackUrn], mocks.Outputs.Select(request => request.Urn));
        Assert.Empty(mocks.Resources);
    }

    [Fact]
    public async Task A_urn_names_the_stack_and_the_outermost_type()
    {
        var resources = await Program.RunAsync(new RecordingMocks(), () => _ = new Group(
            "group", group => _ = new Thing("thing", null, new CustomResourceOptions { Parent = group })));

        Assert.Equal(
            [GroupUrn, "urn:pulumi:stack::project::pulumi:pulumi:Stack$test:index:Thing::thing"],
            await Task.WhenAll(resources.Select(resource => OutputUtilities.GetValueAsync(resource.Urn))));
    }

    [Fact]
    public async Task The_outputs_of_a_program_are_returned_as_they_are()
    {
        var (resources, outputs) = await Deployment.TestAsync(
            new RecordingMocks(), new TestOptions(), () => new Dictionary<string, object?>
            {
                ["plain"] = 1,
                ["urn"] = new Thing("thing").Urn,
            });

        Assert.Equal("thing", Assert.Single(resources).GetResourceName());
        Assert.Equal(1, outputs["plain"]);
        Assert.EndsWith("::thing", await OutputUtilities.GetValueAsync((Output<string>)outputs["urn"]!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_may_be_asynchronous()
    {
        var (resources, outputs) = await Deployment.TestAsync(new RecordingMocks(), new TestOptions(), async () =>
        {
            await Task.Yield();
            _ = new Thing("thing");
            return (IDictionary<string, object?>)new Dictionary<string, object?> { ["a"] = "b" };
        });
        var others = await Deployment.TestAsync(new RecordingMocks(), new TestOptions(), async () =>
        {
            await Task.Yield();
            _ = new Thing("other");
        });

        Assert.Equal("thing", Assert.Single(resources).GetResourceName());
        Assert.Equal("b", outputs["a"]);
        Assert.Equal("other", Assert.Single(others).GetResourceName());
    }

    [Fact]
    public async Task A_program_may_be_a_stack()
    {
        var resources = await Deployment.TestAsync<ThingStack>(new RecordingMocks());

        var stack = Assert.IsType<ThingStack>(resources[0]);
        Assert.Equal("thing", resources[1].GetResourceName());
        Assert.EndsWith("::thing", await OutputUtilities.GetValueAsync(stack.Urns), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deployment_says_what_it_is()
    {
        object[] seen = [];
        await Deployment.TestAsync(new RecordingMocks(), new TestOptions(), () => seen = Describe());
        Assert.Equal(["project", "stack", "organization", true], seen);

        var options = new TestOptions { ProjectName = "p", StackName = "s", OrganizationName = "o", IsPreview = false };
        await Deployment.TestAsync(new RecordingMocks(), options, () => seen = Describe());
        Assert.Equal(["p", "s", "o", false], seen);

        Assert.Throws<InvalidOperationException>(() => Deployment.Instance);
    }

    private static object[] Describe() =>

    [
        Deployment.Instance.ProjectName, Deployment.Instance.StackName, Deployment.Instance.OrganizationName, Deployment.Instance.IsDryRun,
    ];

    private sealed class ThingStack : Stack
    {
        public ThingStack() => Urns = new Thing("thing").Urn;

        [Output]
        public Output<string> Urns { get; private set; }
    }
}
