using System.Security.Cryptography;
using System.Text;

namespace Infra.Workloads;

/// <summary>A short name for a content: an object named after it is a new object whenever the content changes.</summary>
internal static class ContentHash
{
    private const int Length = 10;

    /// <summary>The first ten hexadecimal digits of the SHA-256 of all keys and values, whatever their order.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> content)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in content.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            // A zero byte stands in neither, so that no two contents read alike.
            text.Append(key).Append('\0').Append(value).Append('\0');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Length];
    }
}
