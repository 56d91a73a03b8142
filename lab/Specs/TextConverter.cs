using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lab.Specs;

/// <summary>Text, which a number is not: an API server refuses <c>value: 5</c> as well.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new WantedException("text");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
