using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lab.Specs;

/// <summary>Reads the parts of Kubernetes objects that the lab acts on from their JSON.</summary>
public static class SpecJson
{
    /// <summary>camelCase names, unknown fields ignored, whole numbers also in the form 3306.0, numbers accepted where text is wanted.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new WholeNumber(), new LooseText() },
    };

    /// <summary>Reads one part of an object.</summary>
    /// <exception cref="ClusterException">It doesn't have the shape Kubernetes gives it.</exception>
    public static T Read<T>(JsonNode? node, string what)
    {
        try
        {
            return node.Deserialize<T>(Options) ?? throw new ClusterException($"{what} is missing.");
        }
        catch (JsonException wrong)
        {
            throw new ClusterException($"{what} cannot be read: {wrong.Message}", inner: wrong);
        }
    }

    private sealed class WholeNumber : JsonConverter<int>
    {
        public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var whole))
            {
                return whole;
            }

            var number = reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : double.NaN;
            return number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
                ? (int)number
                : throw new JsonException("a whole number is wanted");
        }

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    // IntOrString and quantities may come as either.
    private sealed class LooseText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => reader.GetDouble().ToString(CultureInfo.InvariantCulture),
            _ => throw new JsonException("text is wanted"),
        };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
