namespace Standins.Generator;

/// <summary>What all resources have.</summary>
internal static class ResourceSource
{
    public static void WriteOutputs(Writer writer, Types types, TypeFact fact)
    {
        foreach (var property in fact.Properties)
        {
            var type = types.Output(fact.Group, property.Type) + (property.IsNullable ? "?" : "");
            writer.Line($"[Output(\"{property.Wire}\")]");
            writer.Line($"public Output<{type}> {property.NameIn(fact.Name)} {{ get; private set; }} = null!;");
        }
    }

    /// <summary>The options that every resource of the type has, under those it was given.</summary>
    public static void WriteOptions(Writer writer, TypeFact fact, IEnumerable<string> formerTypes) =>
        writer.Block("private static CustomResourceOptions MakeOptions(CustomResourceOptions? options, Input<string>? id)", () =>
        {
            var aliases = string.Concat(formerTypes.Select(type => $"new Alias {{ Type = \"{type}\" }}, "));
            var secrets = string.Concat(fact.Properties.Where(property => property.IsSecret).Select(property => $"\"{property.Wire}\", "));
            writer.Line("var own = new CustomResourceOptions");
            writer.Line("{");
            writer.Line("    Version = Package.Version,");
            if (aliases.Length > 0)
            {
                writer.Line($"    Aliases = {{ {aliases}}},");
            }

            if (secrets.Length > 0)
            {
                writer.Line($"    AdditionalSecretOutputs = {{ {secrets}}},");
            }

            writer.Line("};");
            writer.Line("var merged = CustomResourceOptions.Merge(own, options);");
            writer.Line("merged.Id = id ?? merged.Id;");
            writer.Line("return merged;");
        });
}
