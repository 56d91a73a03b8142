using System.Text.Json;
using System.Text.Json.Serialization;
using k8s.Models;

namespace Lab.Specs;

/// <summary>A port, by its name or its number.</summary>
internal sealed class PortConverter : JsonConverter<IntOrString>
{
    private static readonly WholeNumberConverter<int> Number = new();
    private static readonly IntOrStringJsonConverter Writer = new();

    public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => Number.Read(ref reader, typeof(int), options),
        _ => throw new WantedException("a name or a number"),
    };

    public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options) => Writer.Write(writer, value, options);
}
