using Infra.MySql;
using Infra.Web;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Examples.Tenant;

/// <summary>What one tenant of a shared cluster gets: a namespace, web servers and a database, on nodes of its own.</summary>
internal static class TenantProgram
{
    /// <summary>Registers the provider, the namespace, and the systems in it.</summary>
    public static IDictionary<string, object?> Define()
    {
        var config = new Pulumi.Config();
        var tenant = config.Get("tenant") ?? "acme";
        var provider = new Provider(tenant, new ProviderArgs { Context = config.Require("context") });
        // Protected, as with a namespace all claims in it are deleted, and with them the data.
        var place = new Namespace(
            tenant,
            new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = tenant } },
            new CustomResourceOptions { Provider = provider, Protect = true });

        // The namespace is handed over by its plain name: another resource's output that is replaced takes what depends on it along.
        var options = new ComponentResourceOptions { Provider = provider, DependsOn = { place } };
        var pages = new WebCluster("pages", new WebClusterArgs { Namespace = tenant, Storage = "1Gi", Pod = On(tenant) }, options);
        var orders = new MySqlCluster("orders", new MySqlClusterArgs { Namespace = tenant, Pod = On(tenant) }, options);
        return new Dictionary<string, object?> { ["pages"] = pages.Reader, ["writer"] = orders.Writer, ["reader"] = orders.Reader };
    }

    /// <summary>On the tenant's nodes, and with what has no setting: the hatch is handed the finished pod.</summary>
    private static PodSettingsArgs On(string tenant) => new()
    {
        Labels = new() { ["example.com/tenant"] = tenant },
        NodeSelector = new() { ["example.com/tenant"] = tenant },
        Tolerations = [new TolerationArgs { Key = "example.com/tenant", Value = tenant, Effect = "NoSchedule" }],
        Customize = pod =>
        {
            pod.DnsConfig = new PodDNSConfigArgs { Options = { new PodDNSConfigOptionArgs { Name = "ndots", Value = "2" } } };
            return pod;
        },
    };
}
