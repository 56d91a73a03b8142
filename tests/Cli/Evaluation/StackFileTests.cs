using Cli.Evaluation;
using Lab.Commands;
using Xunit;

namespace Tests.Cli.Evaluation;

public sealed class StackFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public StackFileTests() => folder.Write("Pulumi.yaml", """
        name: statefulset
        config:
          mysql: { type: array, default: [] }
          web: { type: array, items: { type: object }, default: [{ name: standard }] }
        """);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_stacks_values_go_over_the_projects_defaults()
    {
        folder.Write("Pulumi.dev.yaml", """
            config:
              kubernetes:context: other
              statefulset:mysql:
                - name: db
                  replicas: 3
                  storage: 10Gi
                  createNamespace: true
            """);
        var stack = Read();
        Assert.Equal("""[{"name":"db","replicas":3,"storage":"10Gi","createNamespace":true}]""", stack.Config["mysql"]);
        Assert.Equal("""[{"name":"standard"}]""", stack.Config["web"]);
        Assert.Equal(["mysql", "web"], stack.Config.Keys.Order());
        Assert.Equal("Pulumi.dev.yaml", stack.Source);
    }

    [Theory]
    [InlineData("mysql[0].replicas=5", """[{"name":"db","replicas":5}]""")]
    [InlineData("mysql[0].storage=20Gi", """[{"name":"db","replicas":3,"storage":"20Gi"}]""")]
    [InlineData("mysql[0].images.server=a=b", """[{"name":"db","replicas":3,"images":{"server":"a=b"}}]""")]
    [InlineData("mysql[0].createNamespace=true", """[{"name":"db","replicas":3,"createNamespace":true}]""")]
    [InlineData("mysql[0].options[\"max.x\"]=1", """[{"name":"db","replicas":3,"options":{"max.x":1}}]""")]
    [InlineData("mysql[1].name=more", """[{"name":"db","replicas":3},{"name":"more"}]""")]
    [InlineData("mysql[0].name=", """[{"name":"","replicas":3}]""")]
    public void A_setting_of_the_command_line_goes_over_both(string assignment, string mysql)
    {
        folder.Write("Pulumi.dev.yaml", "config: { 'statefulset:mysql': [ { name: db, replicas: 3 } ] }");
        var stack = Read(assignment);
        Assert.Equal(mysql, stack.Config["mysql"]);
        Assert.Equal("Pulumi.dev.yaml (with -c)", stack.Source);
    }

    [Theory]
    [InlineData("mysql[0].replicas", "-c mysql[0].replicas: it takes path=value, such as mysql[0].replicas=5")]
    [InlineData("=5", "-c =5: the path is missing")]
    [InlineData("mysql[0=5", "-c mysql[0=5: \"mysql[0\" is not a path such as mysql[0].replicas")]
    [InlineData("[0]=5", "-c [0]=5: \"[0]\" is not a path such as mysql[0].replicas")]
    [InlineData("mysql[7].name=x", "-c mysql[7].name: there is no [7]; the list has 1, and [1] adds to it")]
    [InlineData("mysql.name=x", "-c mysql.name: \"name\" leads into a list")]
    [InlineData("mysql[0].name.first=x", "-c mysql[0].name.first: \"first\" leads into a plain value")]
    public void A_path_that_leads_nowhere_is_refused(string assignment, string message)
    {
        folder.Write("Pulumi.dev.yaml", "config: { 'statefulset:mysql': [ { name: db } ] }");
        var refused = Assert.Throws<CommandException>(() => Read(assignment));
        Assert.Equal(message, refused.Message);
        Assert.Equal(2, refused.ExitCode);
    }

    [Fact]
    public void A_missing_stack_is_named_with_those_there_are()
    {
        folder.Write("Pulumi.test.yaml", "config: {}");
        Assert.Equal(
            "there is no stack \"dev\" (Pulumi.dev.yaml); there are: test", Assert.Throws<CommandException>(() => Read()).Message);
    }

    [Fact]
    public void An_encrypted_value_is_named()
    {
        folder.Write("Pulumi.dev.yaml", "config: { 'statefulset:mysql': [ { name: { secure: AAABAx } } ] }");
        Assert.Equal(
            "Pulumi.dev.yaml: mysql[0].name is encrypted, and only pulumi can read it; give the lab a plain value with -c mysql[0].name=...",
            Assert.Throws<CommandException>(() => Read()).Message);
    }

    [Fact]
    public void A_file_that_is_not_YAML_is_named_with_the_line()
    {
        folder.Write("Pulumi.dev.yaml", "config:\n  a: [1\n  b: 2\n");
        Assert.StartsWith("Pulumi.dev.yaml is not YAML: line ", Assert.Throws<CommandException>(() => Read()).Message, StringComparison.Ordinal);
    }

    private StackFile Read(params string[] assignments) => StackFile.Read(folder.Root, "dev", assignments);
}
