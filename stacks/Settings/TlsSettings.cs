using Infra.MySql;

namespace Stacks.Settings;

/// <summary>The settings of a system's certificates: where they come from, and whether clients have to use them.</summary>
internal static class TlsSettings
{
    /// <summary>Reads the section; nothing where it is left out.</summary>
    public static MySqlTlsArgs? Read(SettingsNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var issuer = node.OptionalSection("issuer");
        var args = new MySqlTlsArgs
        {
            Secret = node.Optional("secret", SettingTypes.Text("the name of a Secret with ca.crt, tls.crt and tls.key")),
            Issuer = issuer is null ? null : new MySqlTlsIssuerArgs
            {
                Name = issuer.Optional("name", SettingTypes.Text("the name of an issuer of cert-manager")),
                Kind = issuer.Optional("kind", SettingTypes.Text("Issuer or ClusterIssuer")),
                Group = issuer.Optional("group", SettingTypes.Text("an API group such as cert-manager.io")),
            },
            Require = node.Optional("require", SettingTypes.FlagOrNothing),
        };
        issuer?.RejectOthers();
        node.RejectOthers();
        return args;
    }
}
