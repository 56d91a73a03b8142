using System.Reflection;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Xunit;

namespace Tests.Infra;

/// <summary>The library's contract with every caller, also with packages for other languages that will stand on it.</summary>
public sealed class ContractTests
{
    private static readonly Type[] Public = typeof(StatefulIdentity).Assembly.GetExportedTypes();

    public static TheoryData<string> Arguments => [.. Names(typeof(ResourceArgs))];

    public static TheoryData<string> Components => [.. Names(typeof(ComponentResource))];

    [Fact]
    public void There_are_arguments_and_components_to_look_at()
    {
        Assert.Equal(
            ["BackupStoreArgs", "ContainerSettingsArgs", "MySqlArchiveArgs", "MySqlBackupArgs", "MySqlClusterArgs", "MySqlImagesArgs", "MySqlMetricsArgs", "MySqlRestoreArgs", "MySqlTlsArgs", "MySqlTlsIssuerArgs", "MySqlUpdateArgs", "NamedPort", "NetworkArgs", "NetworkPeerArgs", "OrderedWorkloadArgs", "PodSettingsArgs", "RollingUpdateArgs", "ServiceExposureArgs", "WebClusterArgs"],
            Names(typeof(ResourceArgs)).Order(StringComparer.Ordinal));
        Assert.Equal(["MySqlCluster", "OrderedWorkload", "WebCluster"], Names(typeof(ComponentResource)).Order(StringComparer.Ordinal));
    }

    /// <summary>A function is for C# alone: it is no input, and has no place in a component's state.</summary>
    [Theory]
    [MemberData(nameof(Arguments))]
    public void Every_argument_is_an_input_under_its_name_but_the_hatch(string type) => Assert.Equal(
        type == nameof(PodSettingsArgs) ? [nameof(PodSettingsArgs.Customize)] : [],
        Properties(Find(type)).Where(property => Mark<InputAttribute>(property) != Camel(property.Name)).Select(property => property.Name));

    [Theory]
    [MemberData(nameof(Arguments))]
    public void Every_argument_that_may_be_left_out_may_be_null(string type)
    {
        var required = new HashSet<string> { "NamedPort.Name", "NamedPort.Number", "OrderedWorkloadArgs.Spec", "OrderedWorkloadArgs.Ports", "MySqlBackupArgs.Store", "MySqlRestoreArgs.Store", "MySqlRestoreArgs.Backup" };
        var nullability = new NullabilityInfoContext();
        Assert.Equal(
            Properties(Find(type)).Select(property => $"{type}.{property.Name}").Where(required.Contains),
            Properties(Find(type)).Where(property => nullability.Create(property).ReadState == NullabilityState.NotNull).Select(property => $"{type}.{property.Name}"));
    }

    /// <summary>What shapes the graph is plain, and so is what is a section of its own; everything else takes another resource's output.</summary>
    [Theory]
    [MemberData(nameof(Arguments))]
    public void Every_argument_takes_an_output_but_what_shapes_the_graph(string type) => Assert.Equal(
        Plain.GetValueOrDefault(type, []),
        Properties(Find(type)).Where(property => !TakesOutput(property.PropertyType)).Select(property => property.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Components))]
    public void Every_output_of_a_component_is_told_under_its_name(string type) => Assert.Empty(
        Properties(Find(type)).Where(property => IsOutput(property.PropertyType) && Mark<OutputAttribute>(property) != Camel(property.Name)).Select(property => property.Name));

    /// <summary>pulumi-dotnet, Provider/ComponentAnalyzer.cs: what a package of components asks of a constructor.</summary>
    [Theory]
    [MemberData(nameof(Components))]
    public void A_component_is_made_of_a_name_arguments_and_options(string type)
    {
        var parameters = Assert.Single(Find(type).GetConstructors()).GetParameters();
        Assert.Equal(["name", "args", "options"], parameters.Select(parameter => parameter.Name));
        Assert.Equal([typeof(string), Find($"{type}Args"), typeof(ComponentResourceOptions)], parameters.Select(parameter => parameter.ParameterType));
        Assert.True(parameters[2].HasDefaultValue);
    }

    private static readonly Dictionary<string, string[]> Plain = new()
    {
        ["BackupStoreArgs"] = ["Claim", "Remote", "Secret", "SnapshotClass"],
        ["MySqlBackupArgs"] = ["Archive", "Store"],
        ["MySqlRestoreArgs"] = ["Backup", "DeadlineHours", "Store", "System", "Until"],
        ["MySqlClusterArgs"] = ["Backup", "DisruptionBudget", "Durability", "ExistingSecret", "Images", "Metrics", "Name", "Network", "Pod", "Profile", "Read", "RemoteRoot", "Replicas", "Restore", "Size", "StartupSeconds", "TimeoutMinutes", "Tls", "Update", "Write"],
        ["MySqlMetricsArgs"] = ["Dashboard", "PodMonitor", "Rules"],
        ["MySqlTlsArgs"] = ["Issuer", "Require", "Secret"],
        ["MySqlTlsIssuerArgs"] = ["Group", "Kind", "Name"],
        ["MySqlUpdateArgs"] = ["MinReadySeconds", "Partition", "Primary"],
        ["NetworkArgs"] = ["Policy"],
        ["RollingUpdateArgs"] = ["MinReadySeconds", "Partition"],
        ["WebClusterArgs"] = ["DisruptionBudget", "Name", "Network", "Pod", "Replicas", "Service", "TimeoutMinutes", "Update"],
        ["OrderedWorkloadArgs"] = ["Application", "Component", "DisruptionBudget", "Name", "Network", "Pod", "Ports", "Replicas", "Service", "Spec", "TimeoutMinutes", "Update"],
        ["PodSettingsArgs"] = ["Containers", "Customize"],
        ["NamedPort"] = ["Name", "Number"],
    };

    private static Type Find(string name) => Assert.Single(Public, type => type.Name == name);

    private static IEnumerable<string> Names(Type kind) => Public.Where(kind.IsAssignableFrom).Select(type => type.Name);

    private static PropertyInfo[] Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static string? Mark<T>(PropertyInfo property)
        where T : Attribute => property.CustomAttributes.FirstOrDefault(mark => mark.AttributeType == typeof(T))?.ConstructorArguments[0].Value as string;

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static bool TakesOutput(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Input<>) || open == typeof(InputList<>) || open == typeof(InputMap<>));

    private static bool IsOutput(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Output<>);
}
