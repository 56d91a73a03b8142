using Lab.Manifests;
using Lab.Specs;
using Xunit;

namespace Lab.Tests;

/// <summary>What is said of a wrong object: its kind, its name, the field, and what that takes.</summary>
public sealed class SpecSentenceTests
{
    [Theory]
    [InlineData("""{"spec": {"replicas": "3"} }""", "StatefulSet db: spec.replicas cannot be read: a whole number is wanted.")]
    [InlineData("""{"spec": {"replicas": 3.5} }""", "StatefulSet db: spec.replicas cannot be read: a whole number is wanted.")]
    [InlineData("""{"spec": {"replicas": 3000000000} }""", "StatefulSet db: spec.replicas cannot be read: a whole number is wanted.")]
    [InlineData("""{"spec": {"serviceName": {} } }""", "StatefulSet db: spec.serviceName cannot be read: text is wanted.")]
    [InlineData("""{"spec": []}""", "StatefulSet db: spec cannot be read: Kubernetes has another type there.")]
    [InlineData("{}", "StatefulSet db has no spec.")]
    [InlineData("""{"spec": {} }""", "StatefulSet db has no pod template.")]
    [InlineData("""{"spec": {"template": {}, "volumeClaimTemplates": [{}]} }""", "StatefulSet db: a claim template's name is missing.")]
    [InlineData("""{"spec": {"updateStrategy": {"rollingUpdate": {"partition": "1"} } } }""", "StatefulSet db: spec.updateStrategy.rollingUpdate.partition cannot be read: a whole number is wanted.")]
    public void Of_a_StatefulSet(string json, string sentence) => Assert.Equal(sentence, Refusal("StatefulSet", json));

    [Theory]
    [InlineData("""{"containers": {} }""", "containers cannot be read: Kubernetes has another type there.")]
    [InlineData("""{"containers": [null]}""", "containers[0] is missing.")]
    [InlineData("""{"containers": [{"env": [{"name": "A", "value": "1"}, {"name": "B", "value": 2}]}]}""", "containers[0].env[1].value cannot be read: text is wanted.")]
    [InlineData("""{"containers": [{"ports": [{"containerPort": "80"}]}]}""", "containers[0].ports[0].containerPort cannot be read: a whole number is wanted.")]
    [InlineData("""{"containers": [{"readinessProbe": {"tcpSocket": {"port": true} } }]}""", "containers[0].readinessProbe.tcpSocket.port cannot be read: a name or a number is wanted.")]
    [InlineData("""{"containers": [{"readinessProbe": {"periodSeconds": "1"} }]}""", "containers[0].readinessProbe.periodSeconds cannot be read: a whole number is wanted.")]
    [InlineData("""{"containers": [{"resources": {"limits": {"memory": "1GB"} } }]}""", "containers[0].resources.limits.memory cannot be read: a quantity such as 500m or 1Gi is wanted.")]
    [InlineData("""{"terminationGracePeriodSeconds": "30"}""", "terminationGracePeriodSeconds cannot be read: a whole number is wanted.")]
    [InlineData("""{"volumes": [{"secret": {"defaultMode": "0644"} }]}""", "volumes[0].secret.defaultMode cannot be read: a whole number is wanted.")]
    [InlineData("""{"volumes": [{"secret": {"optional": "true"} }]}""", "volumes[0].secret.optional cannot be read: Kubernetes has another type there.")]
    public void Of_a_pod(string json, string sentence) =>
        Assert.Equal($"StatefulSet db: spec.template.spec.{sentence}", Refusal("StatefulSet", $$"""{"spec": {"template": {"spec": {{json}} } } }"""));

    [Theory]
    [InlineData("Service", "{}", "Service db has no spec.")]
    [InlineData("Service", """{"spec": {"selector": {"app": 1} } }""", "Service db: spec.selector.app cannot be read: text is wanted.")]
    [InlineData("Service", """{"spec": {"publishNotReadyAddresses": "true"} }""", "Service db: spec.publishNotReadyAddresses cannot be read: Kubernetes has another type there.")]
    [InlineData("ConfigMap", """{"data": {"count": 3} }""", "ConfigMap db: data.count cannot be read: text is wanted.")]
    [InlineData("ConfigMap", """{"data": {"count": null} }""", "ConfigMap db: data.count is missing.")]
    [InlineData("ConfigMap", """{"binaryData": {"key": "?"} }""", "ConfigMap db: binaryData.key cannot be read: base64 is wanted.")]
    [InlineData("Secret", """{"data": {"password": "hunter2!"} }""", "Secret db: data.password cannot be read: base64 is wanted.")]
    [InlineData("Secret", """{"data": {"password": [1]} }""", "Secret db: data.password cannot be read: base64 is wanted.")]
    [InlineData("Secret", """{"data": {"password": null} }""", "Secret db: data.password is missing.")]
    [InlineData("Secret", """{"stringData": {"a.cnf": 1} }""", "Secret db: stringData['a.cnf'] cannot be read: text is wanted.")]
    public void Of_others(string kind, string json, string sentence) => Assert.Equal(sentence, Refusal(kind, json));

    private static string Refusal(string kind, string json)
    {
        var manifest = Manifest.Parse(json);
        manifest.Body["kind"] = kind;
        manifest.Body["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "db" };
        return Assert.Throws<ClusterException>(() => DesiredCluster.Read([manifest])).Message;
    }
}
