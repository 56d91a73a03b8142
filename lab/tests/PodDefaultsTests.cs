using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;
using Lab.Manifests;
using Lab.Specs;
using Xunit;

namespace Lab.Tests;

/// <summary>What Kubernetes means where an object says nothing, or nothing that the lab acts on.</summary>
public sealed class PodDefaultsTests
{
    [Theory]
    [InlineData("{}", "0 10 1 1 3")]
    [InlineData("""{"periodSeconds": null, "timeoutSeconds": 0, "failureThreshold": 0}""", "0 10 1 1 3")]
    [InlineData("""{"initialDelaySeconds": 4, "periodSeconds": 5, "timeoutSeconds": 6, "successThreshold": 7, "failureThreshold": 8}""", "4 5 6 7 8")]
    public void Of_a_probe(string json, string numbers)
    {
        var probe = PodDefaults.Fill(new V1Container { LivenessProbe = SpecJson.Read<V1Probe>(JsonNode.Parse(json), "probe") }).LivenessProbe;

        Assert.Equal(numbers, $"{probe.InitialDelaySeconds} {probe.PeriodSeconds} {probe.TimeoutSeconds} {probe.SuccessThreshold} {probe.FailureThreshold}");
    }

    [Theory]
    [InlineData("{}", "HTTP /")]
    [InlineData("""{"scheme": "HTTPS", "path": "/health"}""", "HTTPS /health")]
    public void Of_a_page(string json, string page)
    {
        var action = SpecJson.Read<V1HTTPGetAction>(JsonNode.Parse(json), "page");
        PodDefaults.Fill(new V1Container { Lifecycle = new V1Lifecycle { PostStart = new V1LifecycleHandler { HttpGet = action } } });

        Assert.Equal(page, $"{action.Scheme} {action.Path}");
        Assert.Empty(action.HttpHeaders);
    }

    [Fact]
    public void Of_a_pod()
    {
        var pod = Pod("""{"containers": [{"name": "a", "unknown": {"x": [1]}, "env": null}], "volumes": [{"name": "v", "secret": {"secretName": "s"}}, {"configMap": {"defaultMode": 256}}]}""");

        Assert.Equal(30, pod.TerminationGracePeriodSeconds);
        Assert.Empty(pod.InitContainers);
        Assert.Empty(pod.Containers[0].Env);
        Assert.Equal((int?[])[420, 256], [pod.Volumes[0].Secret.DefaultMode, pod.Volumes[1].ConfigMap.DefaultMode]);
        Assert.Null(pod.Volumes[0].Secret.Items);
    }

    [Theory]
    [InlineData("80", 80)]
    [InlineData("80.0", 80)]
    [InlineData("\"80\"", 80)]
    [InlineData("\"web\"", 8080)]
    public void A_port_is_a_number_or_a_name(string json, int number)
    {
        var pod = Pod($$"""{"containers": [{"ports": [{"containerPort": 1}, {"name": "web", "containerPort": 8080}], "readinessProbe": {"tcpSocket": {"port": {{json}} } } }]}""");

        Assert.Equal(number, pod.Containers[0].PortNumber(pod.Containers[0].ReadinessProbe.TcpSocket.Port));
    }

    [Fact]
    public void A_port_that_is_not_given_is_none() => Assert.Throws<ClusterException>(
        () => Pod("""{"containers": [{"name": "a", "ports": [{"containerPort": 1}]}]}""").Containers[0].PortNumber(null));

    [Fact]
    public void A_Secrets_data_are_bytes_and_its_text_wins()
    {
        var secret = DataObject.Read(Manifest.Parse("""{"kind": "Secret", "metadata": {"name": "s"}, "data": {"a": "AP8=", "b": "b2xk"}, "stringData": {"b": "new", "c": "3"}}"""));
        var map = DataObject.Read(Manifest.Parse("""{"kind": "ConfigMap", "metadata": {"name": "c"}, "data": {"a": "b2xk"}, "binaryData": {"b": "AP8="}}"""));

        Assert.Equal([0, 255], secret.Data["a"]);
        Assert.Equal("new 3", $"{Encoding.UTF8.GetString(secret.Data["b"])} {Encoding.UTF8.GetString(secret.Data["c"])}");
        Assert.Equal("b2xk", Encoding.UTF8.GetString(map.Data["a"]));
        Assert.Equal([0, 255], map.Data["b"]);
    }

    private static V1PodSpec Pod(string json) =>
        StatefulSetSpec.Read(Manifest.Parse($$"""{"kind": "StatefulSet", "metadata": {"name": "db"}, "spec": {"template": {"spec": {{json}} } } }""")).Template.Spec;
}
