using System.Text.Json;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Standins;

[Collection("deployment")]
public sealed class ConfigTests
{
    private const string Settings = """
        {
            "project:text": "t", "project:number": "5", "project:fraction": "0.5", "project:truth": "true",
            "project:list": "[{\"name\":\"a\"},{\"name\":\"b\"}]", "project:bad": "[", "other:text": "o", "project:config:old": "x"
        }
        """;

    [Fact]
    public Task Values_are_read_by_type() => WithConfigAsync(config =>
    {
        Assert.Equal("t", config.Get("text"));
        Assert.Equal(5, config.GetInt32("number"));
        Assert.Equal(0.5, config.GetDouble("fraction"));
        Assert.True(config.GetBoolean("truth"));
        Assert.Equal("t", config.Require("text"));
        Assert.Equal(5, config.RequireInt32("number"));
        Assert.Equal("x", config.Get("old"));
        Assert.Equal("o", new Config("other").Get("text"));
    });

    [Fact]
    public Task Objects_are_read_from_their_json_text() => WithConfigAsync(config =>
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);

        Assert.Equal(["a", "b"], config.RequireObject<List<Named>>("list", options).Select(item => item.Name));
        Assert.Equal(2, config.GetObject<JsonElement>("list").GetArrayLength());
        Assert.Null(config.GetObject<List<Named>>("none"));
    });

    [Fact]
    public Task What_is_missing_is_null_or_an_error_that_names_the_key() => WithConfigAsync(config =>
    {
        Assert.Null(config.Get("none"));
        Assert.Null(config.GetInt32("none"));
        Assert.Null(config.GetSecret("none"));

        var error = Assert.ThrowsAny<RunException>(() => config.Require("none"));
        Assert.Contains("project:none", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<RunException>(() => config.RequireObject<List<Named>>("none"));
        Assert.ThrowsAny<RunException>(() => config.RequireInt32("none"));
    });

    [Fact]
    public Task A_value_of_the_wrong_type_is_an_error_that_names_it() => WithConfigAsync(config =>
    {
        foreach (var read in new Action[]
        {
            () => config.GetInt32("text"), () => config.GetBoolean("number"), () => config.GetDouble("text"),
            () => config.GetObject<List<Named>>("bad"), () => config.RequireObject<Named>("list"),
        })
        {
            var error = Assert.ThrowsAny<RunException>(read);
            Assert.Contains("Configuration 'project:", error.Message, StringComparison.Ordinal);
            Assert.Contains("is not a valid", error.Message, StringComparison.Ordinal);
        }
    });

    [Fact]
    public async Task Secrets_are_secret_outputs()
    {
        Output<int>? number = null;
        await WithConfigAsync(config => number = config.RequireSecretInt32("number"));

        Assert.Equal(5, await OutputUtilities.GetValueAsync(number!));
        Assert.True(await Output.IsSecretAsync(number!));
    }

    [Fact]
    public Task Each_deployment_reads_its_own_configuration() => WithConfigAsync(
        config => Assert.Null(config.Get("text")), """{"project:other": "1"}""");

    private static async Task WithConfigAsync(Action<Config> use, string settings = Settings)
    {
        var before = Environment.GetEnvironmentVariable("PULUMI_CONFIG");
        Environment.SetEnvironmentVariable("PULUMI_CONFIG", settings);
        try
        {
            // An assertion that fails within the program would arrive as text only.
            Exception? failure = null;
            await Deployment.TestAsync(new RecordingMocks(), new TestOptions(), () => failure = Record.Exception(() => use(new Config())));
            if (failure is not null)
            {
                throw new InvalidOperationException(failure.Message, failure);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("PULUMI_CONFIG", before);
        }
    }

    private sealed record Named(string Name);
}
