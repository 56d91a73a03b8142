using Pulumi;

namespace Infra.Arguments;

/// <summary>
/// The problems of a component's arguments while they are looked for: all of them, before anything is registered. An input whose value is another
/// resource's output has none yet. Where such a value could undo what the component relies on, it is checked when it comes; the rest is left to the
/// API server, as any object's.
/// </summary>
/// <param name="prefix">What stands before the name of every argument; nothing for a component's own.</param>
internal sealed class ArgumentChecks(string prefix = "")
{
    private readonly List<ArgumentProblem> problems = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<ArgumentProblem> Problems => problems;

    /// <summary>Notes a problem, or nothing where there is none.</summary>
    public ArgumentChecks Add(string argument, string? sentence)
    {
        if (sentence is not null)
        {
            problems.Add(new ArgumentProblem($"{prefix}{argument}", sentence));
        }

        return this;
    }

    /// <summary>Checks a value that is there; one that was left out has its default.</summary>
    public ArgumentChecks Value<T>(string argument, Input<T>? input, Func<T, string?> problem) =>
        Known.TryGet(input, out var value) ? Add(argument, value is null ? "it is null; leave it out to have the default" : problem(value)) : this;

    /// <summary>Checks each entry of a map that is there; the key becomes part of the argument's name.</summary>
    public ArgumentChecks Entries(string argument, InputMap<string>? map, Func<string, string, string?> problem)
    {
        foreach (var (key, value) in Known.Entries(map).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Add($"{argument}[{key}]", value is null ? "it has no value" : problem(key, value));
        }

        return this;
    }

    /// <summary>A map whose entries are checked when they come, where they are not there yet.</summary>
    /// <exception cref="InvalidArgumentsException">One of them cannot be used; the resources that are made of the map fail with it.</exception>
    public static InputMap<string> Later(string subject, string argument, InputMap<string> map, Func<string, string, string?> problem) => map.Apply(entries =>
    {
        Require(subject, new ArgumentChecks().Entries(argument, entries, problem).Problems);
        return entries;
    });

    /// <summary>Adds what others found.</summary>
    public ArgumentChecks AddRange(IEnumerable<ArgumentProblem> others)
    {
        foreach (var other in others)
        {
            Add(other.Argument, other.Sentence);
        }

        return this;
    }

    /// <summary>Ends the deployment where there is a problem.</summary>
    /// <param name="subject">The component, such as <c>MySqlCluster "shop"</c>.</param>
    /// <param name="problems">What was found.</param>
    /// <exception cref="InvalidArgumentsException">There is; it has all of them.</exception>
    public static void Require(string subject, IReadOnlyList<ArgumentProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidArgumentsException(subject, problems);
        }
    }
}
