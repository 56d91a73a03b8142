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
    };

    /// <summary>The key of an argument, such as <c>write.annotations.example.com/owner</c> for <c>Write.Annotations[example.com/owner]</c>.</summary>
    public static string Of(string argument)
    {
        var match = Pattern().Match(argument);
        var names = match.Groups["names"].Value;
        var key = Renamed.GetValueOrDefault(names) ?? string.Join('.', names.Split('.').Select(name => char.ToLowerInvariant(name[0]) + name[1..]));
        return match.Groups["entry"] is { Success: true, Value: var entry } ? $"{key}.{entry}" : key;
    }

    [GeneratedRegex("^(?<names>[A-Za-z.]+)(\\[(?<entry>.*)\\])?\\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
