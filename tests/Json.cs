using System.Text.Json.Nodes;
using Xunit;

namespace Tests;

/// <summary>Exact comparison of JSON, whatever the order of keys.</summary>
internal static class Json
{
    /// <summary>Asserts that a value is what the text says.</summary>
    public static void Equal(string expected, JsonNode? actual)
    {
        if (!JsonNode.DeepEquals(JsonNode.Parse(expected), actual))
        {
            Assert.Fail($"expected {JsonNode.Parse(expected)?.ToJsonString()}\nbut was  {actual?.ToJsonString() ?? "nothing"}");
        }
    }

    /// <summary>The item of a list that has that name.</summary>
    public static JsonObject Item(JsonNode? list, string name) =>
        Assert.Single(Assert.IsType<JsonArray>(list).OfType<JsonObject>(), item => item["name"]?.GetValue<string>() == name);

    /// <summary>The names of a list's items, in order.</summary>
    public static IReadOnlyList<string> Names(JsonNode? list) => [.. Assert.IsType<JsonArray>(list).Select(item => item!["name"]!.GetValue<string>())];
}
