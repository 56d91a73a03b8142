using Cli.Checks;
using Infra.MySql;
using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Xunit;

namespace Tests.Cli.Checks;

/// <summary>Programs that draw an edge too few or too many, each with what is said of it.</summary>
[Collection("deployment")]
public sealed class OrderInvariantsTests
{
    [Fact]
    public async Task A_sound_program_breaks_none() => await BreaksAsync(() =>
    {
        var (service, files) = (HeadlessService(), Files());
        _ = Set(service.Metadata.Apply(meta => meta.Name), files.Metadata.Apply(meta => meta.Name), service, files);
    });

    /// <summary>Names that are written twice draw no edge: the set could be made first, whatever a sorted list shows.</summary>
    [Fact]
    public async Task A_set_that_only_names_what_its_pods_need_is_named() => await BreaksAsync(
        () =>
        {
            _ = (HeadlessService(), Files());
            _ = Set("db", "files");
        },
        "StatefulSet/db: it does not wait for ConfigMap \"files\", which its pods cannot start without",
        "StatefulSet/db: it does not wait for Service \"db\", which its pods cannot start without",
        "StatefulSet/db: its serviceName is a text of its own; the Service's own name could become another");

    [Fact]
    public async Task A_set_that_depends_on_what_it_names_still_has_to_take_the_Services_name() => await BreaksAsync(
        () => _ = Set("db", "files", HeadlessService(), Files()),
        "StatefulSet/db: its serviceName is a text of its own; the Service's own name could become another");

    [Fact]
    public async Task What_waits_through_a_component_waits() => await BreaksAsync(() =>
    {
        var cluster = new MySqlCluster("db", new MySqlClusterArgs());
        _ = Set(cluster.Workload.ServiceName, "files", cluster, Files());
    });

    [Fact]
    public async Task A_set_that_does_not_wait_for_its_policy_is_named() => await BreaksAsync(
        () =>
        {
            var (service, files) = (HeadlessService(), Files());
            _ = Policy("db", "default");
            _ = Policy("elsewhere", "shop");
            _ = Set(service.Metadata.Apply(meta => meta.Name), files.Metadata.Apply(meta => meta.Name), service, files);
        },
        "StatefulSet/db: it does not wait for NetworkPolicy \"db\"; its pods would run for a moment with every port open");

    [Fact]
    public async Task An_output_of_what_is_replaced_under_its_name_is_named() => await BreaksAsync(
        () =>
        {
            var (service, files) = (HeadlessService(), Files(immutable: false));
            var secret = new Secret("secret", new SecretArgs { Metadata = new ObjectMetaArgs { Name = "secret" } });
            var set = Set(service.Metadata.Apply(meta => meta.Name), files.Metadata.Apply(meta => meta.Name), service, files, secret);
            _ = Set(secret.Metadata.Apply(meta => meta.Name), "files", "other", service, files, set);
        },
        "StatefulSet/db: its spec.template.spec.volumes[0].configMap.name comes from ConfigMap \"files\"; when that is replaced, all pods go with it",
        "StatefulSet/other: its serviceName is a text of its own; the Service's own name could become another",
        "StatefulSet/other: its spec.serviceName comes from Secret \"secret\"; when that is replaced, all pods go with it");

    [Fact]
    public async Task A_namespace_that_is_not_waited_for_or_not_protected_is_named() => await BreaksAsync(
        () =>
        {
            var place = new Namespace("shop", new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = "shop" } });
            _ = new ConfigMap("early", new ConfigMapArgs { Metadata = new ObjectMetaArgs { Name = "early", Namespace = "shop" } });
            _ = new ConfigMap("late", new ConfigMapArgs { Metadata = new ObjectMetaArgs { Name = "late", Namespace = "shop" } }, new CustomResourceOptions { DependsOn = { place } });
            _ = new ConfigMap("elsewhere", new ConfigMapArgs { Metadata = new ObjectMetaArgs { Name = "elsewhere", Namespace = "other" } });
        },
        "ConfigMap/early: it does not wait for namespace \"shop\", which the stack makes",
        "Namespace/shop: it is not protected; deleting it deletes every claim in it");

    private static async Task BreaksAsync(Action program, params string[] violations)
    {
        var engine = new Engine();
        await engine.RunAsync(program);
        Assert.Equal(
            violations,
            OrderInvariants.Check(await engine.GraphAsync()).Select(violation => $"{violation.Subject}: {violation.Sentence}").Order(StringComparer.Ordinal));
    }

    private static Service HeadlessService() => new("db-headless", new ServiceArgs { Metadata = new ObjectMetaArgs { Name = "db" }, Spec = new ServiceSpecArgs { ClusterIP = "None" } });

    private static ConfigMap Files(bool immutable = true) => new("files", new ConfigMapArgs { Metadata = new ObjectMetaArgs { Name = "files" }, Immutable = immutable });

    private static global::Pulumi.Kubernetes.Networking.V1.NetworkPolicy Policy(string name, string place) => new(name, new NetworkPolicyArgs
    {
        Metadata = new ObjectMetaArgs { Name = name, Namespace = place },
        Spec = new NetworkPolicySpecArgs { PodSelector = new LabelSelectorArgs() },
    });

    private static StatefulSet Set(Input<string> service, Input<string> files, params Resource[] after) => Set(service, files, "db", after);

    private static StatefulSet Set(Input<string> service, Input<string> files, string name, params Resource[] after) => new(
        name,
        new StatefulSetArgs
        {
            Metadata = new ObjectMetaArgs { Name = name },
            Spec = new StatefulSetSpecArgs
            {
                ServiceName = service,
                Selector = new LabelSelectorArgs(),
                Template = new PodTemplateSpecArgs
                {
                    Spec = new PodSpecArgs { Containers = [], Volumes = [new VolumeArgs { Name = "files", ConfigMap = new ConfigMapVolumeSourceArgs { Name = files } }] },
                },
            },
        },
        new CustomResourceOptions { DependsOn = after });
}
