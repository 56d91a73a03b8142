using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lab.Specs;

/// <summary>What tells one pod template from another.</summary>
internal static class TemplateHash
{
    /// <summary>Ten hexadecimal digits.</summary>
    /// <remarks>Of the JSON as written: a client that learns a field would otherwise roll pods whose template has not changed.</remarks>
    public static string Of(JsonNode template)
    {
        var text = new StringBuilder();
        Write(template, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..10];
    }

    // Keys in one order, so that the order in which a program writes them does not roll the pods.
    private static void Write(JsonNode? node, StringBuilder into)
    {
        switch (node)
        {
            case JsonObject map:
                into.Append('{');
                foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    into.Append(JsonSerializer.Serialize(key)).Append(':');
                    Write(value, into);
                    into.Append(',');
                }

                into.Append('}');
                break;
            case JsonArray list:
                into.Append('[');
                foreach (var item in list)
                {
                    Write(item, into);
                    into.Append(',');
                }

                into.Append(']');
                break;
            default:
                into.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }
}
