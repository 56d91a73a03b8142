namespace Standins.Generator;

/// <summary>A resource of another provider, with the state by which an existing one is looked up.</summary>
internal static class PlainResourceSource
{
    public static void Write(Writer writer, Types types, TypeFact fact)
    {
        var name = fact.Name;
        var package = fact.Group.Name["Pulumi.".Length..];
        var provider = package.ToLowerInvariant();
        var token = $"\"{provider}:index/{char.ToLowerInvariant(name[0])}{name[1..]}:{name}\"";
        // Arguments may be left out where none is required.
        var argsType = fact.Properties.Any(property => property.IsRequired) ? $"{name}Args args" : $"{name}Args? args = null";
        writer.Line($"[{package}ResourceType({token})]");
        writer.Block($"public class {name} : CustomResource", () =>
        {
            ResourceSource.WriteOutputs(writer, types, fact);
            writer.Line($"public {name}(string name, {argsType}, CustomResourceOptions? options = null)");
            writer.Line($"    : base({token}, name, args ?? new {name}Args(), MakeOptions(options, \"\"))");
            writer.Line("{");
            writer.Line("}");
            writer.Line($"private {name}(string name, Input<string> id, {name}State? state, CustomResourceOptions? options)");
            writer.Line($"    : base({token}, name, state, MakeOptions(options, id))");
            writer.Line("{");
            writer.Line("}");
            var lookup = $"{name}State? state = null";
            writer.Line($"public static {name} Get(string name, Input<string> id, {lookup}, CustomResourceOptions? options = null) =>");
            writer.Line($"    new {name}(name, id, state, options);");
            ResourceSource.WriteOptions(writer, fact, []);
        });
        var inputs = fact.Properties.Where(property => !property.IsOutputOnly);
        var state = fact.Properties.Select(property => property.AsOptional());
        ArgsSource.Write(writer, types, fact.Group, "sealed class", name + "Args", inputs);
        ArgsSource.Write(writer, types, fact.Group, "sealed class", name + "State", state);
    }
}
