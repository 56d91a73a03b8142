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
    /// <summary>32 letters and digits hold 190 bits.</summary>
    private const int PasswordLength = 32;

    /// <summary>What besides letters and digits can stand in option files and SQL as it is, as the scripts write it there.</summary>
    private const string SpecialCharacters = "_.-";

    /// <summary>
    /// At least one of each, as a server with <c>validate_password</c> at its usual policy refuses other passwords (MySQL 8.4 Reference Manual, 8.4.3.2).
    /// </summary>
    private static RandomPasswordArgs Random => new()
    {
        Length = PasswordLength,
        OverrideSpecial = SpecialCharacters,
        MinLower = 1,
        MinUpper = 1,
        MinNumeric = 1,
        MinSpecial = 1,
    };

    /// <summary>Passwords of an earlier version, which had letters and digits only, stay: a cluster that did not ask for it gets no new ones.</summary>
    private static readonly string[] KeptOfEarlier = ["special", "overrideSpecial", "minLower", "minUpper", "minNumeric", "minSpecial"];

    /// <summary>Registers the passwords and the Secret; nothing where there is a Secret already.</summary>
    public MySqlCredentials(string name, WorkloadScope scope, MySqlClusterArgs args, CustomResourceOptions options)
    {
        SecretName = args.ExistingSecret ?? NameFor(scope.Identity.Name);
        if (args.ExistingSecret is not null)
        {
            return;
        }

        var content = new InputMap<string>();
        var passwords = new InputMap<string>();
        foreach (var user in MySqlUser.Of(args))
        {
            var password = new RandomPassword(
                $"{name}-{user.Name}",
                Random,
                new CustomResourceOptions { Parent = options.Parent, IgnoreChanges = [.. KeptOfEarlier] });
            content.Add(user.SecretKey, password.Result);
            passwords.Add(user.Name, password.Result);
        }

        // Assigned as a whole: that is what makes the SDK treat it as secret.
        var secret = new SecretArgs { Metadata = scope.Named(SecretName), Type = "Opaque", StringData = content };
        Secret = new Secret($"{name}-credentials", secret, options);
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
