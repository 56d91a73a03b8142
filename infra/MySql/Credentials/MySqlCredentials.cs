using System.Collections.Immutable;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Random;

namespace Infra.MySql;

/// <summary>The passwords of the cluster's users, all in one Secret: random ones in a Secret made here, or those of a Secret that is there already.</summary>
internal sealed class MySqlCredentials
{
    /// <summary>Letters and digits only: the scripts write passwords into option files and SQL. 32 of them hold 190 bits.</summary>
    private const int PasswordLength = 32;

    /// <summary>Registers the passwords and the Secret; nothing where there is a Secret already.</summary>
    public MySqlCredentials(string name, WorkloadScope scope, string? existingSecret, CustomResourceOptions options)
    {
        SecretName = existingSecret ?? NameFor(scope.Identity.Name);
        if (existingSecret is not null)
        {
            return;
        }

        var content = new InputMap<string>();
        var passwords = new InputMap<string>();
        foreach (var user in MySqlUser.All)
        {
            var password = new RandomPassword(
                $"{name}-{user.Name}",
                new RandomPasswordArgs { Length = PasswordLength, Special = false },
                new CustomResourceOptions { Parent = options.Parent });
            content.Add(user.SecretKey, password.Result);
            passwords.Add(user.Name, password.Result);
        }

        // Assigned as a whole: that is what makes the SDK treat it as secret.
        var args = new SecretArgs { Metadata = scope.Named(SecretName), Type = "Opaque", StringData = content };
        Secret = new Secret($"{name}-credentials", args, options);
        Passwords = Output.CreateSecret(passwords.ToOutput());
    }

    /// <summary>
    /// The Secret's name. Pods refer to it by this plain name, never by an output of <see cref="Secret"/>: a Secret whose content changes
    /// is replaced, and the replacement would spread to the StatefulSet and take every pod with it.
    /// </summary>
    public string SecretName { get; }

    /// <summary>The name of the Secret that is made for a cluster.</summary>
    public static string NameFor(string set) => $"{set}-credentials";

    /// <summary>The Secret; nothing where there was one already.</summary>
    public Secret? Secret { get; }

    /// <summary>Every password by its user's name, as a secret; none where only the existing Secret knows them.</summary>
    public Output<ImmutableDictionary<string, string>> Passwords { get; } = Output.Create(ImmutableDictionary<string, string>.Empty);
}
