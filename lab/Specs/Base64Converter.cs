using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lab.Specs;

/// <summary>Bytes in base64, as a Secret's data.</summary>
internal sealed class Base64Converter : JsonConverter<byte[]>
{
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes) ? bytes : throw new WantedException("base64");

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);
}
