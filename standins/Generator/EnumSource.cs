namespace Standins.Generator;

/// <summary>A struct that is one of a few texts.</summary>
internal static class EnumSource
{
    public static void Write(Writer writer, TypeFact fact)
    {
        var name = fact.Name;
        writer.Line("[EnumType]");
        writer.Block($"public readonly struct {name} : System.IEquatable<{name}>", () =>
        {
            writer.Line("private readonly string _value;");
            writer.Line($"private {name}(string value) => _value = value;");
            foreach (var value in fact.Words)
            {
                writer.Line($"public static {name} {value} {{ get; }} = new {name}(\"{value}\");");
            }

            writer.Line($"public static explicit operator string({name} value) => value._value;");
            writer.Line($"public static bool operator ==({name} left, {name} right) => left.Equals(right);");
            writer.Line($"public static bool operator !=({name} left, {name} right) => !left.Equals(right);");
            writer.Line($"public bool Equals({name} other) => string.Equals(_value, other._value, System.StringComparison.Ordinal);");
            writer.Line($"public override bool Equals(object? obj) => obj is {name} other && Equals(other);");
            writer.Line("public override int GetHashCode() => _value?.GetHashCode() ?? 0;");
            writer.Line("public override string ToString() => _value;");
        });
    }
}
