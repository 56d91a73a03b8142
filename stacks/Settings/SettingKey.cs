using System.Text.RegularExpressions;

namespace Stacks.Settings;

/// <summary>
/// Where a stack sets an argument of a component. Both go by the same words, the argument's in capitals; the few that a stack calls otherwise stand here.
/// </summary>
internal static partial class SettingKey
{
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["ImagePullPolicy"] = "pullPolicy",
        ["Image"] = "images.server",
        ["ServerOptions"] = "options",
        ["Cpu"] = "resources.cpu",
        ["Memory"] = "resources.memory",
        ["CpuLimit"] = "limits.cpu",
        ["MemoryLimit"] = "limits.memory",
        ["Pod.Spread"] = "spread",
    };

    // Whose entries go by their place.
    private static readonly HashSet<string> Lists = ["Network.From"];

    /// <summary>The key of an argument, such as <c>write.annotations.example.com/owner</c> for <c>Write.Annotations[example.com/owner]</c>.</summary>
    public static string Of(string argument)
    {
        var match = Pattern().Match(argument);
        var names = match.Groups["names"].Value;
        var key = Renamed.GetValueOrDefault(names) ?? string.Join('.', names.Split('.').Select(name => char.ToLowerInvariant(name[0]) + name[1..]));
        return match.Groups["entry"] is not { Success: true, Value: var entry } ? key : Lists.Contains(names) ? $"{key}[{entry}]" : $"{key}.{entry}";
    }

    [GeneratedRegex("^(?<names>[A-Za-z.]+(\\[[0-9]+\\]\\.[A-Za-z.]+)?)(\\[(?<entry>.*)\\])?\\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
