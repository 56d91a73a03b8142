using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lab.Commands;

namespace Cli.Evaluation;

/// <summary>
/// A path into a stack's configuration in Pulumi's syntax, such as <c>mysql[0].replicas</c> or <c>mysql[0].options["max_connections"]</c>, with the
/// value to put there.
/// </summary>
/// <remarks>Source: <c>pulumi config set --path</c>. "true" and "false" become booleans, whole numbers numbers, all else text.</remarks>
internal sealed partial class ConfigPath
{
    private readonly string text;
    private readonly List<object> steps;
    private readonly JsonNode value;

    private ConfigPath(string text, List<object> steps, string value)
    {
        this.text = text;
        this.steps = steps;
        this.value = value switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(value),
        };
    }

    /// <summary>Reads <c>path=value</c>.</summary>
    /// <exception cref="CommandException">It is not of that form.</exception>
    public static ConfigPath Parse(string assignment)
    {
        var (path, value) = assignment.Split('=', 2) is [var left, var right]
            ? (left, right)
            : throw new CommandException($"-c {assignment}: it takes path=value, such as mysql[0].replicas=5");
        var steps = new List<object>();
        var rest = path.AsSpan();
        while (!rest.IsEmpty)
        {
            var match = StepPattern().Match(rest.ToString());
            if (!match.Success || (steps.Count == 0 && match.Groups["index"].Success))
            {
                throw new CommandException($"-c {assignment}: \"{path}\" is not a path such as mysql[0].replicas");
            }

            steps.Add(match.Groups["index"].Success
                ? int.Parse(match.Groups["index"].ValueSpan, CultureInfo.InvariantCulture)
                : match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["key"].Value);
            rest = rest[match.Length..];
        }

        return steps.Count > 0 ? new ConfigPath(path, steps, value) : throw new CommandException($"-c {assignment}: the path is missing");
    }

    /// <summary>Puts the value into the configuration, making what leads there; one past the end of a list adds to it.</summary>
    /// <exception cref="CommandException">The path goes through a plain value, or past the end of a list.</exception>
    public void Apply(JsonObject config)
    {
        JsonNode at = config;
        for (var i = 0; i < steps.Count; i++)
        {
            var next = i + 1 < steps.Count ? (steps[i + 1] is int ? new JsonArray() : new JsonObject()) : value.DeepClone();
            at = Step(at, steps[i], next, last: i + 1 == steps.Count);
        }
    }

    private JsonNode Step(JsonNode at, object step, JsonNode next, bool last)
    {
        switch (at, step)
        {
            case (JsonObject section, string key):
                if (last || section[key] is null)
                {
                    section[key] = next;
                }

                return section[key]!;
            case (JsonArray list, int index) when index <= list.Count:
                if (index == list.Count)
                {
                    list.Add(next);
                }
                else if (last || list[index] is null)
                {
                    list[index] = next;
                }

                return list[index]!;
            case (JsonArray list, int index):
                throw new CommandException($"-c {text}: there is no [{index}]; the list has {list.Count}, and [{list.Count}] adds to it");
            default:
                throw new CommandException($"-c {text}: \"{step}\" leads into {(at is JsonArray ? "a list" : at is JsonObject ? "a section" : "a plain value")}");
        }
    }

    [GeneratedRegex("""^(\[(?<index>[0-9]{1,6})\]|\["(?<quoted>[^"]+)"\]|\.?(?<key>[^.\[\]"=]+))""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex StepPattern();
}
