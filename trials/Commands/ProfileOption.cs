using System.CommandLine;
using System.Text.Json.Nodes;
using Infra.MySql;
using Infra.MySql.Profiles;

namespace Trials.Commands;

/// <summary>The option that has a stack's first MySQL system run another profile than its own, with that profile's images.</summary>
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

    /// <summary>Puts the profile that was asked for over a stack's configuration; nothing where none was.</summary>
    public Action<JsonObject> Change(ParseResult parsed) => config =>
    {
        if (Name(parsed) is { } name && MySqlProfile.Find(name) is { } chosen)
        {
            Put(chosen, config);
        }
    };

    /// <summary>Has the first MySQL system of a configuration run a profile. What of its settings is another profile's own goes.</summary>
    internal static void Put(MySqlProfile profile, JsonObject config)
    {
        if (config["mysql"] is not JsonArray { Count: > 0 } systems || systems[0] is not JsonObject system)
        {
            return;
        }

        system["profile"] = profile.Name;
        system["images"] = new JsonObject { ["server"] = profile.ServerImage };
        if (profile.Seeding.ToolsImage is { } tools)
        {
            system["images"]!["xtrabackup"] = tools;
        }

        if (!profile.HasSemiSync && $"{system["durability"]}" == MySqlDurability.SemiSync)
        {
            system.Remove("durability");
        }

        foreach (var (has, key) in ((bool, string)[])[(profile.HasCertificates, "tls"), (profile.HasBackups, "backup"), (profile.HasBackups, "restore")])
        {
            if (!has)
            {
                system.Remove(key);
            }
        }
    }
}
