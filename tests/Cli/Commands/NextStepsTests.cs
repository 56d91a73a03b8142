using Cli.Commands;
using Lab.Manifests;
using Xunit;

namespace Tests.Cli.Commands;

public sealed class NextStepsTests
{
    private static readonly Manifest Set = SampleManifests.Set("mysql", "mysql", 3, """{ "containers": [{ "name": "mysql" }] }""");

    [Fact]
    public void Writers_are_sent_to_the_primary_by_its_name() =>
        Assert.Equal("write    mysql-0.mysql:3306   ./dev sql mysql-0.mysql \"create database shop\"", NextSteps.For("dev", [Set]).First());

    [Fact]
    public void Writers_are_sent_to_the_write_Service_where_there_is_one() => Assert.Equal(
        "write    mysql-write:3306, mysql-0.mysql:3306   ./dev sql --stack shop mysql-write \"create database shop\"",
        NextSteps.For("shop", [SampleManifests.Service("mysql-write", "mysql", headless: false), Set]).First());
}
