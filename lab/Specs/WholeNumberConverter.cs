using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lab.Specs;

/// <summary>Whole numbers, also in the form 3306.0.</summary>
/// <typeparam name="T">The kind of number.</typeparam>
internal sealed class WholeNumberConverter<T> : JsonConverter<T>
    where T : struct, INumber<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number) && T.CreateSaturating(number) is var whole && decimal.CreateChecked(whole) == number
            ? whole
            : throw new WantedException("a whole number");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(decimal.CreateChecked(value));
}
