using k8s.Models;
using Lab.Manifests;
using Lab.Pods;
using Lab.Specs;
using Xunit;

namespace Lab.Tests;

/// <summary>What a container is started with, as far as its pod and its spec say it.</summary>
public class ContainerStartTests
{
    [Fact]
    public void A_pods_own_fields_are_variables_for_later_ones_and_for_the_command()
    {
        var (pod, container) = Read("""
            {"containers": [{"name": "etcd", "image": "etcd",
              "env": [{"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
                      {"name": "COMPONENT", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['component']"}}},
                      {"name": "POD_IP", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "status.podIP"}}},
                      {"name": "PEER", "value": "http://$(POD_NAME).etcd:2380"}]}]}
            """);

        var variables = ContainerEnvironment.Resolve(pod, container, "10.0.0.9", new DesiredCluster());

        Assert.Equal("etcd-1 member 10.0.0.9 http://etcd-1.etcd:2380", string.Join(' ', variables.Values));
        Assert.Equal("--initial-advertise-peer-urls=http://etcd-1.etcd:2380", ContainerEnvironment.Expand("--initial-advertise-peer-urls=$(PEER)", variables));
    }

    [Fact]
    public void Users_and_rights_are_those_of_the_container_and_else_of_the_pod()
    {
        var (pod, container) = Read("""
            {"securityContext": {"runAsUser": 1000, "runAsGroup": 1001, "runAsNonRoot": true, "fsGroup": 1002, "fsGroupChangePolicy": "OnRootMismatch",
                                 "seccompProfile": {"type": "RuntimeDefault"}},
             "containers": [{"name": "etcd", "image": "etcd",
              "securityContext": {"runAsUser": 1003, "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "capabilities": {"drop": ["ALL"]}}}]}
            """);

        Assert.Equal(
            "--user 1003:1001 --group-add 1002 --read-only --read-only-tmpfs=false --security-opt no-new-privileges --cap-drop ALL",
            string.Join(' ', SecurityArguments.Of(pod.Template.Spec.SecurityContext, container.SecurityContext)));
    }

    [Fact]
    public void A_pod_s_groups_are_its_containers_and_its_kernel_settings_those_of_its_network()
    {
        var (pod, container) = Read("""
            {"securityContext": {"supplementalGroups": [7, 8], "fsGroup": 8, "sysctls": [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "0"}]},
             "containers": [{"name": "web", "image": "nginx"}]}
            """);

        Assert.Equal("--group-add 7 --group-add 8 --security-opt seccomp=unconfined", string.Join(' ', SecurityArguments.Of(pod.Template.Spec.SecurityContext, container.SecurityContext)));
        Assert.Equal("--sysctl net.ipv4.ip_unprivileged_port_start=0", string.Join(' ', SecurityArguments.Kernel(pod.Template.Spec.SecurityContext)));
    }

    [Theory]
    [InlineData("\"seccompProfile\": {\"type\": \"Localhost\", \"localhostProfile\": \"a.json\"}", "securityContext.seccompProfile is Localhost; the lab knows RuntimeDefault and Unconfined.")]
    [InlineData("\"procMount\": \"Unmasked\"", "securityContext.procMount is Unmasked; the lab knows Default.")]
    public void What_the_lab_does_not_have_is_refused(string context, string sentence)
    {
        var (pod, container) = Read($$"""{"containers": [{"name": "etcd", "image": "etcd", "securityContext": { {{context}} } }]}""");
        Assert.Equal(sentence, Assert.Throws<ClusterException>(() => SecurityArguments.Of(pod.Template.Spec.SecurityContext, container.SecurityContext)).Message);
    }

    [Fact]
    public void A_kernel_setting_that_is_not_safe_is_refused()
    {
        var (pod, _) = Read("""{"securityContext": {"sysctls": [{"name": "kernel.msgmax", "value": "1"}]}, "containers": [{"name": "etcd", "image": "etcd"}]}""");
        Assert.StartsWith(
            "securityContext.sysctls has kernel.msgmax; the lab knows those that Kubernetes calls safe: kernel.shm_rmid_forced,",
            Assert.Throws<ClusterException>(() => SecurityArguments.Kernel(pod.Template.Spec.SecurityContext)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"runAsNonRoot\": true", "", "container has runAsNonRoot and image will run as root")]
    [InlineData("\"runAsNonRoot\": true", "0:0", "container has runAsNonRoot and image will run as root")]
    [InlineData("\"runAsNonRoot\": true", "server", "container has runAsNonRoot and image has non-numeric user (server), cannot verify user is non-root")]
    [InlineData("\"runAsNonRoot\": true, \"runAsUser\": 0", "999", "container's runAsUser breaks non-root policy")]
    [InlineData("\"runAsNonRoot\": true", "999:999", null)]
    [InlineData("\"runAsNonRoot\": true, \"runAsUser\": 999", "", null)]
    [InlineData("\"runAsNonRoot\": false", "", null)]
    [InlineData("", "", null)]
    public async Task A_container_that_may_not_be_root_is_not(string context, string imageUser, string? sentence)
    {
        var (pod, container) = Read($$"""{"securityContext": { {{context}} }, "containers": [{"name": "etcd", "image": "etcd"}]}""");
        var refused = await Record.ExceptionAsync(() => NonRoot.RequireAsync(pod.Template.Spec.SecurityContext, container.SecurityContext, () => Task.FromResult(imageUser)));
        Assert.Equal(sentence, refused?.Message);
    }

    [Theory]
    [InlineData("", "--security-opt seccomp=unconfined")]
    [InlineData("\"seccompProfile\": {\"type\": \"Unconfined\"}", "--security-opt seccomp=unconfined")]
    [InlineData("\"seccompProfile\": {\"type\": \"RuntimeDefault\"}", "")]
    public void System_calls_are_filtered_where_a_pod_asks_for_it(string profile, string arguments)
    {
        var (pod, container) = Read($$"""{"containers": [{"name": "etcd", "image": "etcd", "securityContext": { {{profile}} } }]}""");
        Assert.Equal(arguments, string.Join(' ', SecurityArguments.Of(pod.Template.Spec.SecurityContext, container.SecurityContext)));
    }

    [Fact]
    public void Limits_bind_and_a_request_for_processor_time_is_a_share()
    {
        var (_, container) = Read("""
            {"containers": [{"name": "etcd", "image": "etcd",
              "resources": {"requests": {"cpu": "250m", "memory": "128Mi", "ephemeral-storage": "1Gi"}, "limits": {"cpu": 2, "memory": "1Gi"}}}]}
            """);

        Assert.Equal("--memory 1073741824b --cpus 2 --cpu-shares 256", string.Join(' ', ResourceArguments.Of(container.Resources)));
    }

    private static (PodRecord Pod, V1Container Container) Read(string podSpec)
    {
        var set = StatefulSetSpec.Read(Manifest.Parse($$"""
            {"kind": "StatefulSet", "metadata": {"name": "etcd"},
             "spec": {"serviceName": "etcd", "template": {"metadata": {"labels": {"app": "etcd", "component": "member"} }, "spec": {{podSpec}} } } }
            """));
        return (PodRecord.Create(set, 1, DateTimeOffset.UnixEpoch), set.Template.Spec.Containers[0]);
    }
}
