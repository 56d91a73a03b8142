using System.Text.Json;
using Pulumi;
using Stacks.Settings;
using Stacks.Systems;

namespace Stacks;

/// <summary>The Pulumi program: reads the stack's settings as a whole and then registers every system that they name.</summary>
public static class StackProgram
{
    /// <summary>The variable in which Pulumi hands a program its configuration.</summary>
    private const string ConfigVariable = "PULUMI_CONFIG";

    /// <summary>The output that says what a destroy leaves behind.</summary>
    private const string AfterDestroyKey = "afterDestroy";

    /// <summary>Registers the stack's resources and returns its outputs: a list of systems for each kind, in the order of the settings, and what a destroy leaves running.</summary>
    /// <exception cref="SettingsException">The settings cannot be used; nothing has been registered.</exception>
    public static IDictionary<string, object?> Define()
    {
        var settings = StackSettings.Read(Config());
        var namespaces = new Namespaces([.. settings.MySql.Select(system => system.Place), .. settings.Web.Select(system => system.Place)]);
        var mysql = settings.MySql.Select(system => MySqlSystem.Register(system, namespaces.OptionsFor(system.Place))).ToList();
        var web = settings.Web.Select(system => WebSystem.Register(system, namespaces.OptionsFor(system.Place))).ToList();
        return new Dictionary<string, object?>
        {
            [StackSettings.MySqlKey] = mysql.Select(system => system.Outputs).ToList(),
            [StackSettings.WebKey] = web.Select(system => system.Outputs).ToList(),
            [AfterDestroyKey] = AfterDestroy.Lines([.. mysql, .. web]),
        };
    }

    private static Dictionary<string, string> Config()
    {
        var config = new Config();
        return Keys().Where(key => config.Get(key) is not null).ToDictionary(key => key, key => config.Get(key)!);
    }

    /// <summary>
    /// The keys that a program may have: those it knows, and any other that the stack gives it, which the settings then refuse. The SDK reads
    /// a key but lists none, hence the look at the variable it reads from.
    /// </summary>
    private static IEnumerable<string> Keys()
    {
        var prefix = $"{Deployment.Instance.ProjectName}:";
        var given = Environment.GetEnvironmentVariable(ConfigVariable) is { Length: > 0 } text
            ? JsonElement.Parse(text).EnumerateObject().Select(property => property.Name).ToList()
            : [];
        return given.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix.Length..])
            .Union([StackSettings.MySqlKey, StackSettings.WebKey]);
    }
}
