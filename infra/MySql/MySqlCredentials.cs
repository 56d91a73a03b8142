using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Random;

namespace Infra.MySql;

/// <summary>A random password for each user of the cluster, all in one Secret.</summary>
internal sealed class MySqlCredentials
{
    /// <summary>Letters and digits only: the scripts write passwords into option files and SQL. 32 of them hold 190 bits.</summary>
    private const int PasswordLength = 32;

    /// <summary>Registers the passwords and the Secret.</summary>
    public MySqlCredentials(string name, StatefulIdentity identity, CustomResourceOptions options)
    {
        SecretName = NameFor(identity);
        var passwords = new InputMap<string>();
        foreach (var user in MySqlUser.All)
        {
            var password = new RandomPassword(
                $"{name}-{user.Name}",
                new RandomPasswordArgs { Length = PasswordLength, Special = false },
                new CustomResourceOptions { Parent = options.Parent });
            passwords.Add(user.SecretKey, password.Result);
        }

        // Assigned as a whole: that is what makes the SDK treat it as secret.
        var args = new SecretArgs { Metadata = ObjectMeta.Named(identity, SecretName), Type = "Opaque", StringData = passwords };
        Secret = new Secret($"{name}-credentials", args, options);
    }

    /// <summary>
    /// The Secret's name. Pods refer to it by this plain name, never by an output of <see cref="Secret"/>: a Secret whose content changes
    /// is replaced, and the replacement would spread to the StatefulSet and take every pod with it.
    /// </summary>
    public string SecretName { get; }

    /// <summary>The Secret.</summary>
    public Secret Secret { get; }

    /// <summary>The name of the Secret of a cluster.</summary>
    public static string NameFor(StatefulIdentity identity) => $"{identity.Name}-credentials";
}
