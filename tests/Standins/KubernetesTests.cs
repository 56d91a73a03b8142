using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Standins;

[Collection("deployment")]
public sealed class KubernetesTests
{
    [Fact]
    public async Task An_object_says_what_it_is()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () =>
        {
            _ = new Service("service");
            _ = new StatefulSet("set");
            _ = new Pulumi.Kubernetes.Networking.V1.NetworkPolicy("policy");
        });

        Assert.Equal(("kubernetes:core/v1:Service", "v1", "Service"), Describe(mocks["service"]));
        Assert.Equal(("kubernetes:apps/v1:StatefulSet", "apps/v1", "StatefulSet"), Describe(mocks["set"]));
        Assert.Equal(("kubernetes:networking.k8s.io/v1:NetworkPolicy", "networking.k8s.io/v1", "NetworkPolicy"), Describe(mocks["policy"]));
    }

    [Fact]
    public async Task Inputs_arrive_under_the_names_of_the_api()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () => _ = new StatefulSet("set", new StatefulSetArgs
        {
            Metadata = new ObjectMetaArgs { Name = "web" },
            Spec = new StatefulSetSpecArgs
            {
                ServiceName = "nginx",
                Replicas = 2,
                Selector = new LabelSelectorArgs { MatchLabels = { { "app", "nginx" } } },
                Template = new PodTemplateSpecArgs
                {
                    Spec = new PodSpecArgs
                    {
                        Containers =
                        {
                            new ContainerArgs
                            {
                                Name = "nginx",
                                Ports = { new ContainerPortArgs { ContainerPortValue = 80, Name = "web" } },
                                ReadinessProbe = new ProbeArgs { HttpGet = new HTTPGetActionArgs { Port = "web" } },
                                LivenessProbe = new ProbeArgs { TcpSocket = new TCPSocketActionArgs { Port = 80 } },
                            },
                        },
                    },
                },
                VolumeClaimTemplates = { new PersistentVolumeClaimArgs { Metadata = new ObjectMetaArgs { Name = "data" } } },
            },
        }));

        var spec = Fields(mocks["set"].Inputs["spec"]);
        Assert.Equal("nginx", spec["serviceName"]);
        Assert.Equal(2d, spec["replicas"]);
        var container = Fields(Assert.Single(Items(Fields(Fields(spec["template"])["spec"])["containers"])));
        Assert.Equal(80d, Fields(Assert.Single(Items(container["ports"])))["containerPort"]);
        Assert.Equal("web", Fields(Fields(container["readinessProbe"])["httpGet"])["port"]);
        Assert.Equal(80d, Fields(Fields(container["livenessProbe"])["tcpSocket"])["port"]);
        Assert.Equal(["metadata"], Fields(Assert.Single(Items(spec["volumeClaimTemplates"]))).Keys);
    }

    [Fact]
    public async Task A_collection_that_nobody_touched_is_left_out()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () => _ = new ConfigMap("map", new ConfigMapArgs { Immutable = true }));

        Assert.Equal(["apiVersion", "immutable", "kind"], mocks["map"].Inputs.Keys.Order());
    }

    [Fact]
    public async Task Outputs_have_the_types_of_the_api()
    {
        var service = await Program.MakeAsync(new RecordingMocks(), () => new Service("service", new ServiceArgs
        {
            Metadata = new ObjectMetaArgs { Name = "mysql", Labels = { { "app", "mysql" } } },
            Spec = new ServiceSpecArgs
            {
                Type = ServiceSpecType.ClusterIP,
                Ports = { new ServicePortArgs { Port = 3306, TargetPort = "mysql" } },
            },
        }));

        Assert.Equal("mysql", await OutputUtilities.GetValueAsync(service.Metadata.Apply(metadata => metadata.Name)));
        Assert.Equal("ClusterIP", await OutputUtilities.GetValueAsync(service.Spec.Apply(spec => spec.Type)));
        var port = Assert.Single(await OutputUtilities.GetValueAsync(service.Spec.Apply(spec => spec.Ports)));
        Assert.Equal((3306, "mysql"), (port.Port, port.TargetPort.AsT1));
        Assert.Equal("v1", await OutputUtilities.GetValueAsync(service.ApiVersion));
    }

    [Fact]
    public async Task The_data_of_a_secret_is_secret_once_it_is_set_as_a_whole()
    {
        var set = new SecretArgs { StringData = new Dictionary<string, string> { ["a"] = "b" } };
        var added = new SecretArgs { StringData = { { "a", "b" } } };

        Assert.True(await Output.IsSecretAsync(set.StringData.ToOutput()));
        Assert.False(await Output.IsSecretAsync(added.StringData.ToOutput()));
        Assert.Equal("b", (await OutputUtilities.GetValueAsync(set.StringData.ToOutput()))["a"]);
    }

    [Fact]
    public async Task A_required_list_must_be_given()
    {
        var error = await Assert.ThrowsAsync<RunException>(() => Program.RunAsync(
            new RecordingMocks(), () => _ = new Pod("pod", new PodArgs { Spec = new PodSpecArgs() })));
        Environment.ExitCode = 0;

        Assert.Contains("is required but was not given a value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_object_is_read_by_its_id()
    {
        var mocks = new RecordingMocks();

        var map = await Program.MakeAsync(mocks, () => ConfigMap.Get("map", "default/map"));

        Assert.Equal("default/map", mocks["map"].Id);
        Assert.Equal("default/map", await OutputUtilities.GetValueAsync(map.Id));
    }

    [Fact]
    public async Task A_provider_takes_truth_values_as_json_text()
    {
        var mocks = new RecordingMocks();

        await Program.RunAsync(mocks, () =>
        {
            var provider = new Pulumi.Kubernetes.Provider("cluster", new() { Namespace = "lab", EnableServerSideApply = true });
            _ = new ConfigMap("map", null, new CustomResourceOptions { Provider = provider });
        });

        Assert.Equal("pulumi:providers:kubernetes", mocks["cluster"].Type);
        Assert.Equal(("lab", "true"), (mocks["cluster"].Inputs["namespace"], mocks["cluster"].Inputs["enableServerSideApply"]));
        Assert.EndsWith("::cluster::cluster-id", mocks["map"].Provider, StringComparison.Ordinal);
    }

    private static (string? Type, object ApiVersion, object Kind) Describe(Pulumi.Testing.MockResourceArgs resource) =>
        (resource.Type, resource.Inputs["apiVersion"], resource.Inputs["kind"]);

    private static ImmutableDictionary<string, object> Fields(object value) => Assert.IsType<ImmutableDictionary<string, object>>(value);

    private static ImmutableArray<object> Items(object value) => Assert.IsType<ImmutableArray<object>>(value);
}
