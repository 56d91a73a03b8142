namespace Standins.Generator;

/// <summary>A Kubernetes resource.</summary>
internal static class KindSource
{
    public static void Write(Writer writer, Types types, TypeFact fact)
    {
        var token = $"\"kubernetes:{fact.Group.Token}:{fact.Name}\"";
        var args = $"global::Pulumi.Kubernetes.Types.Inputs.{fact.Group.Name}.{fact.Name}Args";
        writer.Line($"[KubernetesResourceType({token})]");
        writer.Block($"public class {fact.Name} : KubernetesResource", () =>
        {
            ResourceSource.WriteOutputs(writer, types, fact);
            writer.Line($"public {fact.Name}(string name, {args}? args = null, CustomResourceOptions? options = null)");
            writer.Line($"    : base({token}, name, MakeArgs(args), MakeOptions(options, \"\"))");
            writer.Line("{");
            writer.Line("}");
            writer.Line($"private {fact.Name}(string name, Input<string> id, CustomResourceOptions? options)");
            writer.Line($"    : base({token}, name, null, MakeOptions(options, id))");
            writer.Line("{");
            writer.Line("}");
            writer.Line($"public static {fact.Name} Get(string name, Input<string> id, CustomResourceOptions? options = null) =>");
            writer.Line($"    new {fact.Name}(name, id, options);");
            writer.Block($"private static {args} MakeArgs({args}? args)", () =>
            {
                writer.Line($"args ??= new {args}();");
                writer.Line($"args.ApiVersion = \"{fact.Group.Version}\";");
                writer.Line($"args.Kind = \"{Kind(fact)}\";");
                writer.Line("return args;");
            });
            ResourceSource.WriteOptions(writer, fact, fact.FormerVersions.Select(version => $"kubernetes:{version}:{fact.Name}"));
        });
    }

    /// <summary>A patch is applied to an object of the kind that it is named after.</summary>
    private static string Kind(TypeFact fact) => fact.Name.EndsWith("Patch", StringComparison.Ordinal) ? fact.Name[..^"Patch".Length] : fact.Name;
}
