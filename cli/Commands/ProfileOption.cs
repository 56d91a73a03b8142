using System.CommandLine;
using Infra.MySql.Profiles;

namespace Cli.Commands;

/// <summary>The option that has a stack's first MySQL system run another profile than its own, with that profile's image.</summary>
internal sealed class ProfileOption
{
    private readonly Option<string?> profile = new("--profile")
    {
        Description = $"the servers' profile: {string.Join(", ", Names)}; the stack's own where it is left out",
        HelpName = "NAME",
    };

    /// <summary>Adds the option to a command.</summary>
    public ProfileOption(Command command)
    {
        profile.AcceptOnlyFromAmong([.. Names]);
        command.Options.Add(profile);
    }

    private static IEnumerable<string> Names => MySqlProfile.All.Select(profile => profile.Name);

    /// <summary>The profile that was asked for; nothing where none was.</summary>
    public string? Name(ParseResult parsed) => parsed.GetValue(profile);

    /// <summary>What it comes to as settings of the stack.</summary>
    public IEnumerable<string> Assignments(ParseResult parsed) => Name(parsed) is { } name && MySqlProfile.Find(name) is { } chosen
        ? [$"mysql[0].profile={chosen.Name}", $"mysql[0].images.server={chosen.ServerImage}"]
        : [];
}
