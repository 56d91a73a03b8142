using Pulumi;

namespace Infra.Workloads;

/// <summary>The type tokens of the library's components: the package's name and the class, as every Pulumi package has them.</summary>
internal static class ComponentType
{
    private const string Package = "stateful-applications";

    /// <summary>The token of a component.</summary>
    public static string Of<T>()
        where T : ComponentResource => $"{Package}:index:{typeof(T).Name}";

    /// <summary>A component's options with the token that it had before, so that a stack made under that one finds its resources again.</summary>
    public static ComponentResourceOptions Options(string before, ComponentResourceOptions? options) =>
        ComponentResourceOptions.Merge(new ComponentResourceOptions { Aliases = { new Alias { Type = before } } }, options);
}
