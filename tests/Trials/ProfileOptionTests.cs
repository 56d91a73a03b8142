using System.Text.Json.Nodes;
using Cli.Evaluation;
using Infra.MySql.Profiles;
using Stacks.Settings;
using Trials.Commands;
using Xunit;

namespace Tests.Trials;

public sealed class ProfileOptionTests
{
    /// <summary>Every stack of this repository with every profile; those that say what only another profile has included.</summary>
    [Theory]
    [InlineData("dev", "mysql-5.7", "mysql:5.7")]
    [InlineData("dev", "mysql-8.4", "mysql:8.4")]
    [InlineData("dev", "mysql-9.7", "mysql:9.7")]
    [InlineData("example", "mysql-5.7", "mysql:5.7")]
    [InlineData("example", "mysql-9.7", "mysql:9.7")]
    public void A_profile_goes_over_any_stack(string stack, string profile, string image)
    {
        var file = StackFile.Read(Repository.Root, stack, [], config => ProfileOption.Put(MySqlProfile.Find(profile)!, config));
        StackSettings.Read(file.Config);
        var system = JsonNode.Parse(file.Config["mysql"])![0]!;
        Assert.Equal((profile, image), ($"{system["profile"]}", $"{system["images"]!["server"]}"));
    }

    [Fact]
    public void A_stack_without_MySQL_stays_as_it_is()
    {
        var config = new JsonObject { ["web"] = new JsonArray() };
        ProfileOption.Put(MySqlProfile.MySql84, config);
        Assert.Equal("""{"web":[]}""", config.ToJsonString());
    }
}
