using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Standins;

[Collection("deployment")]
public sealed class OptionTests
{
    [Fact]
    public async Task A_resource_with_an_id_is_read()
    {
        var mocks = new RecordingMocks();

        var thing = await Program.MakeAsync(mocks, () => new Thing("thing", null, new CustomResourceOptions { Id = "existing" }));

        Assert.Equal("existing", mocks["thing"].Id);
        Assert.Equal("existing", await OutputUtilities.GetValueAsync(thing.Id));
    }

    [Fact]
    public async Task A_resource_to_import_is_registered_with_the_id()
    {
        var mocks = new RecordingMocks { Id = _ => null };

        var thing = await Program.MakeAsync(mocks, () => new Thing("thing", null, new CustomResourceOptions { ImportId = "existing" }));

        Assert.Equal("existing", mocks["thing"].Id);
        Assert.Equal("existing", await OutputUtilities.GetValueAsync(thing.Id));
    }

    [Fact]
    public async Task A_provider_is_named_by_urn_and_id_and_passed_on_to_children()
    {
        var mocks = new RecordingMocks();
        const string reference = "urn:pulumi:stack::project::pulumi:pulumi:Stack$pulumi:providers:test::provider::provider-id";

        await Program.RunAsync(mocks, () =>
        {
            var provider = new ProviderResource("test", "provider", ResourceArgs.Empty, new CustomResourceOptions());
            _ = new Thing("own", null, new CustomResourceOptions { Provider = provider });
            _ = new Group(
                "group",
                group => _ = new Thing("child", null, new CustomResourceOptions { Parent = group }),
                null,
                new ComponentResourceOptions { Providers = { provider } });
            _ = new Thing("none");
        });

        Assert.Equal(reference, mocks["own"].Provider);
        Assert.Equal(reference, mocks["child"].Provider);
        Assert.Equal("", mocks["none"].Provider);
        Assert.Equal("", mocks["group"].Provider);
    }

    [Fact]
    public async Task A_transformation_of_a_component_changes_what_is_beneath_it()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () => _ = new Group(
            "group",
            group => _ = new Thing("child", new ThingArgs { Text = "before" }, new CustomResourceOptions { Parent = group }),
            null,
            new ComponentResourceOptions
            {
                ResourceTransformations =
                {
                    args => args.Args is ThingArgs
                        ? new ResourceTransformationResult(new ThingArgs { Text = "after" }, args.Options)
                        : null,
                },
            }));

        Assert.Equal("after", mocks["child"].Inputs["text"]);
    }

    [Fact]
    public async Task An_alias_may_not_contradict_itself()
    {
        var alias = new Alias { Urn = "urn:pulumi:a::b::c::d", Name = "d" };

        await Assert.ThrowsAsync<RunException>(() => Program.RunAsync(
            new RecordingMocks(), () => _ = new Thing("thing", null, new CustomResourceOptions { Aliases = { alias } })));
        Environment.ExitCode = 0;
    }

    [Fact]
    public void Options_are_merged()
    {
        var first = new CustomResourceOptions { Protect = true, Version = "1", IgnoreChanges = { "a" }, AdditionalSecretOutputs = { "x" } };
        var second = new CustomResourceOptions
        {
            Version = "2",
            IgnoreChanges = { "b" },
            DeleteBeforeReplace = true,
            CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(5) },
        };

        var merged = CustomResourceOptions.Merge(first, second);

        Assert.True(merged.Protect);
        Assert.Equal("2", merged.Version);
        Assert.Equal(["a", "b"], merged.IgnoreChanges);
        Assert.Equal(["x"], merged.AdditionalSecretOutputs);
        Assert.True(merged.DeleteBeforeReplace);
        Assert.Equal(TimeSpan.FromMinutes(5), merged.CustomTimeouts?.Create);
        Assert.Equal(["a"], first.IgnoreChanges);
        Assert.Equal("1", CustomResourceOptions.Merge(first, null).Version);
    }

    [Fact]
    public async Task A_urn_is_made_of_its_parts()
    {
        var urn = Urn.Create("name", "type", parentUrn: "urn:pulumi:stack::project::parent::p", project: null, stack: null);

        Assert.Equal("urn:pulumi:stack::project::parent$type::name", await OutputUtilities.GetValueAsync(urn));
        Assert.Equal("x", (string)new Urn("x"));
        Assert.Throws<ArgumentException>(() => new Urn(""));
    }
}
