using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lab.Specs;

/// <summary>Reads Kubernetes objects, and parts of them, into the models of Kubernetes' own client.</summary>
public static class SpecJson
{
    /// <summary>Names and types as Kubernetes has them, unknown fields ignored, whole numbers also in the form 3306.0.</summary>
    /// <remarks>Not the client's own reader: that takes no 3306.0, and what it says of a wrong value names no field, or is no JSON error at all.</remarks>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new TextConverter(), new WholeNumberConverter<int>(), new WholeNumberConverter<long>(), new PortConverter(), new QuantityConverter(), new Base64Converter() },
    };

    /// <summary>Reads an object, or one part of it.</summary>
    /// <exception cref="ClusterException">It doesn't have the shape Kubernetes gives it; the sentence names the field.</exception>
    public static T Read<T>(JsonNode? node, string what)
    {
        try
        {
            return Hole(node) is { } hole
                ? throw new ClusterException($"{Place(what, hole)} is missing.")
                : node.Deserialize<T>(Options) ?? throw new ClusterException($"{what} is missing.");
        }
        catch (JsonException wrong)
        {
            var why = wrong is WantedException ? wrong.Message : "Kubernetes has another type there";
            throw new ClusterException($"{Place(what, wrong.Path ?? "$")} cannot be read: {why}.", inner: wrong);
        }
    }

    private static string Place(string what, string path) => path == "$" ? what : $"{what}: {path[1..].TrimStart('.')}";

    // Nothing in place of a field says that it is not given; in a list it is a slip that the client's models would hand on.
    private static string? Hole(JsonNode? node) => node switch
    {
        JsonObject section => section.Select(field => Hole(field.Value)).FirstOrDefault(hole => hole is not null),
        JsonArray list when list.IndexOf(null) is var place and >= 0 => $"{list.GetPath()}[{place}]",
        JsonArray list => list.Select(Hole).FirstOrDefault(hole => hole is not null),
        _ => null,
    };
}
