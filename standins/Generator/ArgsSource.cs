namespace Standins.Generator;

/// <summary>A class of inputs.</summary>
internal static class ArgsSource
{
    public static void Write(Writer writer, Types types, Group group, string declaration, string name, IEnumerable<Property> properties) =>
        writer.Block($"public {declaration} {name} : global::Pulumi.ResourceArgs", () =>
        {
            foreach (var property in properties)
            {
                WriteProperty(writer, types.Input(group, property.Type), property, name[..^"Args".Length]);
            }

            writer.Line($"public {name}()");
            writer.Line("{");
            writer.Line("}");
            writer.Line($"public static new {name} Empty => new {name}();");
        });

    private static void WriteProperty(Writer writer, string type, Property property, string owner)
    {
        var name = property.NameIn(owner);
        var input = $"[Input(\"{property.Wire}\"{(property.IsRequired ? ", required: true" : "")})]";
        if (!property.Type.IsCollection && !property.IsSecret)
        {
            writer.Line(input);
            writer.Line(property.IsRequired ? $"public {type} {name} {{ get; set; }} = null!;" : $"public {type}? {name} {{ get; set; }}");
            return;
        }

        // A collection is there as soon as it is asked for. Only what is put in place of it as a whole becomes a secret.
        var field = "_" + property.Wire;
        var given = property.IsSecret ? "value is null ? null : Output.CreateSecret(value.ToOutput())" : "value";
        writer.Line($"{input} private {type}? {field};");
        writer.Block($"public {type}{(property.Type.IsCollection ? "" : "?")} {name}", () =>
        {
            writer.Line($"get => {field}{(property.Type.IsCollection ? $" ??= new {type}()" : "")};");
            writer.Line($"set => {field} = {given};");
        });
    }
}
