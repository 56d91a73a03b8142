using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace Lab.Specs;

/// <summary>Kubernetes quantities such as <c>500m</c>, <c>1Gi</c> or 2.</summary>
internal sealed partial class QuantityConverter : JsonConverter<ResourceQuantity>
{
    public override ResourceQuantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number when reader.TryGetDecimal(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => "",
        };
        return Form().IsMatch(text) ? new ResourceQuantity(text) : throw new WantedException("a quantity such as 500m or 1Gi");
    }

    public override void Write(Utf8JsonWriter writer, ResourceQuantity value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    // apimachinery's grammar, looked at first: the client's model takes "1,5" for 15 and "1 Gi" for 1Gi, and what it does refuse is no JSON error.
    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
