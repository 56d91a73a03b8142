using System.Text.Json.Nodes;
using Cli.Meaning;
using Cli.Sides;
using Lab.Commands;
using Tests.Cli.Meaning;
using Xunit;
using Action = Cli.Meaning.Action;

namespace Tests.Cli.Sides;

/// <summary>What a preview of pulumi says, read in its own form (pulumi, pkg/display/json.go).</summary>
public sealed class PulumiPreviewTests : IDisposable
{
    private const string SetType = "kubernetes:apps/v1:StatefulSet";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_update_means_what_its_fields_mean()
    {
        var change = Assert.Single(Read(Step("update", SetType, Sets.MySql.Body, Sets.With(Sets.MySql, "spec.template.spec.priority", "1").Body)));
        Assert.Equal((Action.Update, "StatefulSet/db", Tier.PodsRoll), (change.Action, change.Label, change.Tier));
        Assert.Equal(["priority (none) -> 1"], change.Causes.Select(cause => cause.Text));
    }

    [Fact]
    public void The_three_steps_of_a_replacement_are_one_change()
    {
        var after = Sets.With(Sets.MySql, "spec.revisionHistoryLimit", "3").Body;
        var change = Assert.Single(Read(
            Step("create-replacement", SetType, Sets.MySql.Body, after), Step("replace", SetType, Sets.MySql.Body, after), Step("delete-replaced", SetType, Sets.MySql.Body, null)));
        Assert.Equal((Action.Replace, Tier.Replaced), (change.Action, change.Tier));
    }

    [Fact]
    public void A_replacement_that_no_field_explains_is_the_engines_word()
    {
        var change = Assert.Single(Read(Step("replace", SetType, Sets.MySql.Body, Sets.MySql.Body)));
        Assert.Equal((Action.Replace, Tier.Replaced), (change.Action, change.Tier));
        Assert.Contains("the engine replaces it, as something that it takes a value from is replaced", DifferenceText.Sentences(change));
    }

    [Fact]
    public void A_replacement_for_a_field_that_the_table_lacks_names_it()
    {
        var step = Step("replace", "kubernetes:core/v1:Service", Service("a"), Service("b"));
        step["replaceReasons"] = new JsonArray("spec.type");
        var change = Assert.Single(Read(step));
        Assert.Equal((Action.Replace, Tier.Replaced), (change.Action, change.Tier));
        Assert.Contains("the provider replaces it for spec.type", DifferenceText.Sentences(change));
    }

    [Fact]
    public void A_secret_that_changed_shows_in_the_detailed_difference_alone()
    {
        var secret = JsonNode.Parse("""{ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "x" }, "stringData": "[secret]" }""")!.AsObject();
        var step = Step("replace", "kubernetes:core/v1:Secret", secret, secret);
        step["detailedDiff"] = JsonNode.Parse("""{ "stringData[\"root-password\"]": { "kind": "update-replace", "inputDiff": false } }""");
        var change = Assert.Single(Read(step));
        Assert.Equal((Action.Replace, Tier.NothingRestarts), (change.Action, change.Tier));
        Assert.Equal("stringData[\"root-password\"]", Assert.Single(change.Causes).Field);
    }

    [Fact]
    public void A_value_that_is_not_known_yet_is_unknown() =>
        Assert.Equal(Tier.Unknown, Assert.Single(Read(Step("update", SetType, Sets.MySql.Body, Sets.With(Sets.MySql, "spec.template.spec.containers.0.image", $"\"{PulumiValues.Unknown}\"").Body))).Tier);

    [Fact]
    public void What_stays_stays_and_components_are_no_objects()
    {
        var component = Step("create", "stateful-applications:index:MySqlCluster", null, []);
        component["newState"]!["custom"] = false;
        var change = Assert.Single(Read(Step("same", SetType, Sets.MySql.Body, Sets.MySql.Body), component, Step("same", "pulumi:pulumi:Stack", [], [])));
        Assert.Equal(Action.Same, change.Action);
    }

    [Theory]
    [InlineData("ConfigMap", 1, "unknown")]
    [InlineData("Secret", 3, "unknown")]
    [InlineData("ServiceAccount", 1, "unknown")]
    [InlineData("ConfigMap", 0, "nothing restarts")]
    [InlineData("PodDisruptionBudget", 1, "nothing restarts")]
    public void Who_uses_what_goes_shows_only_where_what_stays_does(string kind, int same, string tier)
    {
        var version = kind == "PodDisruptionBudget" ? "policy/v1" : "v1";
        var body = JsonNode.Parse($$"""{ "apiVersion": "{{version}}", "kind": "{{kind}}", "metadata": { "name": "x" } }""")!.AsObject();
        var digest = new JsonObject { ["steps"] = new JsonArray(Step("delete", $"kubernetes:{version}:{kind}", body, null)), ["changeSummary"] = new JsonObject { ["delete"] = 1, ["same"] = same } };
        var change = Assert.Single(PulumiPreview.Read(Write(digest.ToJsonString())));
        Assert.Equal(tier, change.Tier.Word());
        Assert.Equal(tier == "unknown", DifferenceText.Sentences(change).Contains("what stays is not in this preview: pulumi preview --json --show-sames"));
    }

    [Fact]
    public void With_all_that_stays_it_shows_who_uses_what_goes()
    {
        var body = JsonNode.Parse("""{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "db-0123456789" } }""")!.AsObject();
        var stays = Step("same", SetType, Sets.MySql.Body, Sets.MySql.Body);
        stays["urn"] = "another";
        var digest = new JsonObject { ["steps"] = new JsonArray(Step("delete", "kubernetes:core/v1:ConfigMap", body, null), stays), ["changeSummary"] = new JsonObject { ["delete"] = 1, ["same"] = 1 } };
        var change = PulumiPreview.Read(Write(digest.ToJsonString()))[0];
        Assert.Equal(Tier.Removed, change.Tier);
        Assert.Equal(["the pods of StatefulSet db refer to it: one that restarts without it does not start"], DifferenceText.Sentences(change));
    }

    [Fact]
    public void An_update_that_shows_nothing_is_unknown()
    {
        var change = Assert.Single(Read(Step("update", SetType, Sets.MySql.Body, Sets.MySql.Body)));
        Assert.Equal((Action.Update, Tier.Unknown), (change.Action, change.Tier));
        Assert.Equal(["the preview does not say what changes"], DifferenceText.Sentences(change));
    }

    [Fact]
    public void A_field_that_the_engine_names_and_whose_value_stays_is_unknown()
    {
        var step = Step("update", SetType, Sets.MySql.Body, Sets.MySql.Body);
        step["detailedDiff"] = JsonNode.Parse("""{ "spec.replicas": { "kind": "update", "inputDiff": false } }""");
        Assert.Equal(Tier.Unknown, Assert.Single(Read(step)).Tier);
    }

    /// <summary>What is hidden as a whole says nothing, whatever else is in the preview, and whoever asks it for its parts.</summary>
    [Theory]
    [InlineData("spec", "[secret]")]
    [InlineData("spec", PulumiValues.Unknown)]
    [InlineData("spec.template", "[secret]")]
    [InlineData("spec.template.spec", "[secret]")]
    [InlineData("spec.template.spec.containers", "[secret]")]
    [InlineData("spec.template.spec.volumes", PulumiValues.Unknown)]
    [InlineData("spec.template.spec.volumes.0.configMap", "[secret]")]
    [InlineData("spec.updateStrategy", "[secret]")]
    [InlineData("spec.replicas", PulumiValues.Unknown)]
    [InlineData("metadata.annotations", "[secret]")]
    [InlineData("metadata", "[secret]")]
    public void A_section_that_is_hidden_as_a_whole_is_unknown(string path, string hidden)
    {
        var after = Sets.With(Sets.With(Sets.MySql, "spec.serviceName", "\"other\""), path, $"\"{hidden}\"").Body;
        Assert.Equal(Tier.Unknown, Read(Step("update", SetType, Sets.MySql.Body, after), Gone())[0].Tier);
        Assert.Equal(Tier.Unknown, Read(Step("update", SetType, after, Sets.MySql.Body), Gone())[0].Tier);
        Assert.Single(Read(Step("create", SetType, null, after)));
        Assert.Single(Read(Step("delete", SetType, after, null)));
        Assert.Single(Read(Step("replace", SetType, after, after)));

        static JsonObject Gone()
        {
            var step = Step("delete", "kubernetes:core/v1:ConfigMap", JsonNode.Parse("""{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "x" } }""")!.AsObject(), null);
            step["urn"] = "another";
            return step;
        }
    }

    [Fact]
    public void A_removed_namespace_is_data_at_risk()
    {
        var body = JsonNode.Parse("""{ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "shop" } }""")!.AsObject();
        Assert.Equal(("Namespace/shop", Tier.DataAtRisk), Assert.Single(Read(Step("delete", "kubernetes:core/v1:Namespace", body, null))) is var change ? (change.Label, change.Tier) : default);
    }

    [Theory]
    [InlineData("random:index/randomPassword:RandomPassword", "replace", "nothing restarts")]
    [InlineData("aws:s3/bucket:Bucket", "update", "unknown")]
    [InlineData("pulumi:providers:kubernetes", "update", "unknown")]
    [InlineData("pulumi:providers:kubernetes", "create", "nothing restarts")]
    public void Resources_of_others(string type, string operation, string tier) => Assert.Equal(tier, Assert.Single(Read(Step(operation, type, [], []))).Tier.Word());

    [Fact]
    public void A_preview_that_failed_says_why()
    {
        var file = Write("""{ "steps": [], "diagnostics": [{ "severity": "error", "message": "no cluster\n" }] }""");
        Assert.EndsWith(": the preview failed, and says nothing of what would change: no cluster", Assert.Throws<CommandException>(() => PulumiPreview.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "is not what pulumi preview --json writes: it has no steps")]
    [InlineData("{", "is not JSON, as pulumi preview --json writes it: line 1")]
    public void Another_file_is_refused(string text, string says) => Assert.EndsWith(says, Assert.Throws<CommandException>(() => PulumiPreview.Read(Write(text))).Message, StringComparison.Ordinal);

    private IReadOnlyList<ObjectChange> Read(params JsonObject[] steps) => PulumiPreview.Read(Write(new JsonObject { ["steps"] = new JsonArray([.. steps]) }.ToJsonString()));

    private string Write(string text)
    {
        var file = Path.Combine(folder.Root, "preview.json");
        File.WriteAllText(file, text);
        return file;
    }

    private static JsonObject Step(string operation, string type, JsonObject? before, JsonObject? after)
    {
        var urn = $"urn:pulumi:dev::statefulset::{type}::x";
        return new JsonObject { ["op"] = operation, ["urn"] = urn, ["oldState"] = State(before), ["newState"] = State(after), ["detailedDiff"] = null };

        JsonObject? State(JsonObject? inputs) => inputs is null ? null : new JsonObject { ["urn"] = urn, ["custom"] = true, ["type"] = type, ["inputs"] = inputs.DeepClone() };
    }

    private static JsonObject Service(string type) => JsonNode.Parse($$"""{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "type": "{{type}}" } }""")!.AsObject();
}
