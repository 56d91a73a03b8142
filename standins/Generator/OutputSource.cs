namespace Standins.Generator;

/// <summary>A class that outputs are turned into.</summary>
internal static class OutputSource
{
    public static void Write(Writer writer, Types types, TypeFact fact)
    {
        writer.Line("[OutputType]");
        writer.Block($"public sealed class {fact.Name}", () =>
        {
            foreach (var property in fact.Properties)
            {
                writer.Line($"public readonly {types.Output(fact.Group, property.Type)} {property.NameIn(fact.Name)};");
            }

            var parameters = fact.Properties.Select(property => $"{types.Output(fact.Group, property.Type)} @{property.Wire}");
            writer.Line("[OutputConstructor]");
            writer.Block($"private {fact.Name}({string.Join(", ", parameters)})", () =>
            {
                foreach (var property in fact.Properties)
                {
                    writer.Line($"{property.NameIn(fact.Name)} = @{property.Wire};");
                }
            });
        });
    }
}
