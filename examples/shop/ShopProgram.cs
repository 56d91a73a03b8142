using Infra.MySql;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Apps = Pulumi.Kubernetes.Apps.V1;

namespace Examples.Shop;

/// <summary>A shop that keeps its orders in a MySQL cluster: it writes to the primary and reads from any server that is ready.</summary>
internal static class ShopProgram
{
    private static readonly InputMap<string> Labels = new() { ["app.kubernetes.io/name"] = "shop" };

    /// <summary>Registers the cluster and the shop.</summary>
    public static IDictionary<string, object?> Define()
    {
        var orders = new MySqlCluster("orders", new MySqlClusterArgs
        {
            Durability = MySqlDurability.SemiSync,
            Storage = "20Gi",
            ServerOptions = new() { ["max_connections"] = "300" },
        });

        // It starts beside the servers and not after them: its pods try again until the primary takes them.
        _ = new Apps.Deployment("shop", new DeploymentArgs
        {
            Spec = new DeploymentSpecArgs
            {
                Replicas = 2,
                Selector = new LabelSelectorArgs { MatchLabels = Labels },
                Template = new PodTemplateSpecArgs
                {
                    Metadata = new ObjectMetaArgs { Labels = Labels },
                    Spec = new PodSpecArgs { Containers = { Container(orders) } },
                },
            },
        });
        return new Dictionary<string, object?>
        {
            ["writer"] = orders.Writer,
            ["reader"] = orders.Reader,
            ["adminPassword"] = orders.AdminPassword,
        };
    }

    private static ContainerArgs Container(MySqlCluster orders) => new()
    {
        Name = "shop",
        Image = "registry.example/shop:1.0",
        Env =
        {
            new EnvVarArgs { Name = "DB_WRITE_HOST", Value = orders.Writer.Apply(writer => writer.Host) },
            new EnvVarArgs { Name = "DB_READ_HOST", Value = orders.Reader.Apply(reader => reader.Host) },
            new EnvVarArgs { Name = "DB_PORT", Value = orders.Writer.Apply(writer => $"{writer.Port}") },
            new EnvVarArgs { Name = "DB_USER", Value = orders.AdminUser },
            // From the Secret and not as a value: a Deployment is not where a password belongs.
            new EnvVarArgs
            {
                Name = "DB_PASSWORD",
                ValueFrom = new EnvVarSourceArgs
                {
                    SecretKeyRef = new SecretKeySelectorArgs { Name = orders.SecretName, Key = orders.AdminUser.Apply(user => $"{user}-password") },
                },
            },
        },
    };
}
