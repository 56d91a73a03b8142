using System.Text.RegularExpressions;

namespace Tests.Infra;

/// <summary>How a script ended and what it said.</summary>
internal sealed partial record ScriptRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The sentences of its log, without time and name.</summary>
    public IReadOnlyList<string> Said => [.. Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Stamp().Replace(line, string.Empty))];

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z [^ ]+: ")]
    private static partial Regex Stamp();
}
