using Cli.Checks;
using Cli.Checks.Policies;
using Lab.Manifests;
using Xunit;

namespace Tests.Cli.Checks.Policies;

/// <summary>Every policy: a small change that breaks it, and where that is said to be.</summary>
public sealed class PolicyTests
{
    private const string Pod = "spec.template.spec";
    private const string Nginx = "/3/spec/template/spec/containers/0";
    private const string First = "/3/spec/template/spec/initContainers/0";

    /// <summary>The policy, the change, and the object, the place and the sentence of the breach.</summary>
    public static TheoryData<string, string, string, string, string> Breaks => new()
    {
        { "dangling-service", "/0/spec/selector/app=\"other\"", "Service/nginx", "spec.selector", "it selects no pod of these objects" },
        { "dangling-service", "-/0/spec/selector", "Service/nginx", "spec.selector", "it selects nothing" },
        { "dangling-service", "/0/metadata/namespace=\"other\"", "Service/nginx", "spec.selector", "it selects no pod of these objects" },
        { "dangling-service", "/6/spec/selector/statefulset.kubernetes.io~1pod-name=\"web-2\"", "Service/write", "spec.selector", "it selects no pod of these objects" },
        { "networkpolicy-targets-pod", "/1/spec/podSelector={\"matchLabels\":{\"app\":\"other\"}}", "NetworkPolicy/all", "spec.podSelector", "it selects no pod of these objects" },
        { "dangling-poddisruptionbudget", "/2/spec/selector/matchExpressions/0/operator=\"DoesNotExist\"", "PodDisruptionBudget/nginx", "spec.selector", "it selects no pod of these objects" },
        { "mismatching-selector", "/3/spec/selector/matchLabels/app=\"other\"", "StatefulSet/web", "spec.selector", "it does not find the workload's own pods" },
        { "mismatching-selector", "-/3/spec/selector", "StatefulSet/web", "spec.selector", "there is none" },
        { "statefulset-has-servicename", "/0/spec/clusterIP=\"10.0.0.1\"", "StatefulSet/web", "spec.serviceName", "there is no headless Service \"nginx\" that selects its pods" },
        { "statefulset-has-servicename", "-/3/spec/serviceName", "StatefulSet/web", "spec.serviceName", "it names no Service" },
        { "non-existent-service-account", "/3/spec/template/spec/serviceAccountName=\"shop\"", "StatefulSet/web", $"{Pod}.serviceAccountName", "there is no ServiceAccount \"shop\" among these objects" },
        { "invalid-target-ports", "/0/spec/ports/0/targetPort=\"http\"", "Service/nginx", "spec.ports", "no container that it selects has a port \"http\"" },
        { "invalid-target-ports", "/0/spec/ports/0/targetPort=65536", "Service/nginx", "spec.ports", "no container that it selects has a port \"65536\"" },
        { "invalid-target-ports", $"{Nginx}/ports/0/name=\"a--b\"", "StatefulSet/web", $"{Pod}.containers[nginx].ports", "\"a--b\" is not the name of a port" },
        { "liveness-port", $"{Nginx}/livenessProbe/tcpSocket/port=81", "StatefulSet/web", $"{Pod}.containers[nginx].livenessProbe", "its container declares no port 81" },
        { "readiness-port", $"{Nginx}/readinessProbe/httpGet/port=\"http\"", "StatefulSet/web", $"{Pod}.containers[nginx].readinessProbe", "its container declares no port http" },
        { "startup-port", $"{Nginx}/startupProbe/tcpSocket/port=81", "StatefulSet/web", $"{Pod}.containers[nginx].startupProbe", "its container declares no port 81" },
        { "label-values", "/0/metadata/labels/app=\"a b\"", "Service/nginx", "metadata.labels.app", "\"a b\" is not the value of a label" },
        { "label-values", "/4/spec/template/metadata/labels/app=\"-\"", "Job/once", "spec.template.metadata.labels.app", "\"-\" is not the value of a label" },
        { "statefulset-has-poddisruptionbudget", "/2/metadata/namespace=\"other\"", "StatefulSet/web", "spec.template.metadata.labels", "no PodDisruptionBudget selects its pods" },
        { "poddisruptionbudget-has-policy", "-/2/spec/maxUnavailable", "PodDisruptionBudget/nginx", "spec", "it has neither maxUnavailable nor minAvailable" },
        { "pdb-max-unavailable", "/2/spec/maxUnavailable=0", "PodDisruptionBudget/nginx", "spec.maxUnavailable", "it lets no pod be taken away, so that no node can be drained" },
        { "pdb-max-unavailable", "/2/spec/maxUnavailable=\"0%\"", "PodDisruptionBudget/nginx", "spec.maxUnavailable", "it lets no pod be taken away, so that no node can be drained" },
        { "pdb-min-available", "/2/spec/minAvailable=2", "PodDisruptionBudget/nginx", "spec.minAvailable", "it keeps every pod, so that no node can be drained" },
        { "pdb-min-available", "/2/spec/minAvailable=\"51%\"", "PodDisruptionBudget/nginx", "spec.minAvailable", "it keeps every pod, so that no node can be drained" },
        { "pdb-unhealthy-pod-eviction-policy", "-/2/spec/unhealthyPodEvictionPolicy", "PodDisruptionBudget/nginx", "spec.unhealthyPodEvictionPolicy", "a pod that never becomes ready keeps its node from being drained" },
        { "pod-topology-spread-constraints", "-/3/spec/template/spec/topologySpreadConstraints", "StatefulSet/web", $"{Pod}.topologySpreadConstraints", "nothing keeps the pods on different hosts" },
        { "pod-topology-spread-constraints", "/3/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels/app=\"other\"", "StatefulSet/web", $"{Pod}.topologySpreadConstraints", "the constraint over kubernetes.io/hostname does not count the workload's own pods" },
        { "pod-topology-spread-constraints", "/3/spec/template/spec/topologySpreadConstraints/0/maxSkew=0", "StatefulSet/web", $"{Pod}.topologySpreadConstraints", "the constraint over kubernetes.io/hostname has no maxSkew" },
        { "pod-topology-spread-constraints", "-/3/spec/template/spec/topologySpreadConstraints/0/whenUnsatisfiable", "StatefulSet/web", $"{Pod}.topologySpreadConstraints", "the constraint over kubernetes.io/hostname does not say what happens where it cannot be kept" },
        { "pod-networkpolicy", "/1/spec/policyTypes=[\"Ingress\"]", "StatefulSet/web", "spec.template.metadata.labels", "no NetworkPolicy says whom it reaches" },
        { "pod-networkpolicy", "-/1/spec/policyTypes", "CronJob/nightly", "spec.jobTemplate.spec.template.metadata.labels", "no NetworkPolicy says whom it reaches" },
        { "pod-networkpolicy", "/1/spec/policyTypes=[\"Egress\"]", "StatefulSet/web", "spec.template.metadata.labels", "no NetworkPolicy says who reaches it" },
        { "pod-probes", $"-{Nginx}/livenessProbe", "StatefulSet/web", $"{Pod}.containers", "a Service leads to it, and no container has a livenessProbe" },
        { "pod-probes", $"-{Nginx}/readinessProbe", "StatefulSet/web", $"{Pod}.containers", "a Service leads to it, and no container has a readinessProbe" },
        { "pod-probes-identical", $"{Nginx}/readinessProbe={{\"tcpSocket\":{{\"port\":8080}}}}", "StatefulSet/web", $"{Pod}.containers[nginx].livenessProbe", "it asks what readiness asks and gives up as soon" },
        { "job-ttl-seconds-after-finished", "-/4/spec/ttlSecondsAfterFinished", "Job/once", "spec.ttlSecondsAfterFinished", "it stays for ever when it is over" },
        { "job-ttl-seconds-after-finished", "/5/spec/jobTemplate/spec/ttlSecondsAfterFinished=60", "CronJob/nightly", "spec.jobTemplate.spec.ttlSecondsAfterFinished", "it and the CronJob's history both say how long a run is kept" },
        { "cronjob-has-deadline", "-/5/spec/startingDeadlineSeconds", "CronJob/nightly", "spec.startingDeadlineSeconds", "it does not say how late a run may begin" },
        { "cronjob-restartpolicy", "/5/spec/jobTemplate/spec/template/spec/restartPolicy=\"Always\"", "CronJob/nightly", "spec.jobTemplate.spec.template.spec.restartPolicy", "it is neither Never nor OnFailure" },
        { "unset-cpu-requirements", $"-{First}/resources/requests/cpu", "StatefulSet/web", $"{Pod}.initContainers[first].resources.requests.cpu", "there is none, so that its node may have none left" },
        { "unset-memory-requirements", $"{Nginx}/resources/requests/memory=\"0\"", "StatefulSet/web", $"{Pod}.containers[nginx].resources.requests.memory", "there is none, so that its node may have none left" },
        { "latest-tag", $"{Nginx}/image=\"nginx:latest\"", "StatefulSet/web", $"{Pod}.containers[nginx].image", "\"nginx:latest\" may be another image tomorrow" },
        { "latest-tag", $"{First}/image=\"registry.example:5000/nginx\"", "StatefulSet/web", $"{Pod}.initContainers[first].image", "\"registry.example:5000/nginx\" may be another image tomorrow" },
        { "env-var-secret", $"{Nginx}/env=[{{\"name\":\"APP_SECRET\",\"value\":\"hunter2\"}}]", "StatefulSet/web", $"{Pod}.containers[nginx].env[APP_SECRET]", "whoever may read the object may read it" },
        { "duplicate-env-var", $"{Nginx}/env=[{{\"name\":\"A\"}},{{\"name\":\"A\"}}]", "StatefulSet/web", $"{Pod}.containers[nginx].env[A]", "it is set more than once" },
        { "ssh-port", $"{Nginx}/ports=[{{\"name\":\"web\",\"containerPort\":8080}},{{\"containerPort\":22}}]", "StatefulSet/web", $"{Pod}.containers[nginx].ports", "it opens port 22, that of SSH" },
        { "no-extensions-v1beta", "/1/apiVersion=\"extensions/v1beta1\"", "NetworkPolicy/all", "apiVersion", "no API server of today knows extensions/v1beta1" },
        { "deprecated-service-account-field", "/3/spec/template/spec/serviceAccount=\"default\"", "StatefulSet/web", $"{Pod}.serviceAccount", "this field is deprecated" },
        { "run-as-non-root", "/3/spec/template/spec/securityContext/runAsUser=0", "StatefulSet/web", $"{Pod}.containers[nginx].securityContext.runAsNonRoot", "it runs as root" },
        { "run-as-non-root", "-/4/spec/template/spec/securityContext/runAsUser", "Job/once", $"{Pod}.containers[main].securityContext.runAsNonRoot", "it may run as root" },
        { "run-as-non-root", $"{Nginx}/securityContext/runAsGroup=0", "StatefulSet/web", $"{Pod}.containers[nginx].securityContext.runAsGroup", "it runs in root's group" },
        { "container-security-context-user-group-id", $"-{Nginx}/securityContext/runAsGroup", "StatefulSet/web", $"{Pod}.containers[nginx].securityContext.runAsGroup", "the image alone says which" },
        { "container-security-context-user-group-id", $"{Nginx}/securityContext/runAsUser=0", "StatefulSet/web", $"{Pod}.containers[nginx].securityContext.runAsUser", "it is root's" },
        { "privilege-escalation-container", $"-{First}/securityContext/allowPrivilegeEscalation", "StatefulSet/web", $"{Pod}.initContainers[first].securityContext.allowPrivilegeEscalation", "it may gain rights that it did not start with" },
        { "privileged-container", $"{Nginx}/securityContext/privileged=true", "StatefulSet/web", $"{Pod}.containers[nginx].securityContext.privileged", "it may do to its node what root may" },
        { "drop-net-raw-capability", $"-{Nginx}/securityContext/capabilities", "StatefulSet/web", $"{Pod}.containers[nginx].securityContext.capabilities", "it may forge packets" },
        { "drop-net-raw-capability", $"{Nginx}/securityContext/capabilities/add=[\"NET_RAW\"]", "StatefulSet/web", $"{Pod}.containers[nginx].securityContext.capabilities", "it may forge packets" },
        { "no-read-only-root-fs", $"{Nginx}/securityContext/readOnlyRootFilesystem=false", "StatefulSet/web", $"{Pod}.containers[nginx].securityContext.readOnlyRootFilesystem", "what breaks in can stay in its files" },
        { "container-seccomp-profile", "-/3/spec/template/spec/securityContext/seccompProfile", "StatefulSet/web", $"{Pod}.containers[nginx].securityContext.seccompProfile", "it may make any system call" },
        { "container-seccomp-profile", $"{Nginx}/securityContext/seccompProfile={{\"type\":\"Unconfined\"}}", "StatefulSet/web", $"{Pod}.containers[nginx].securityContext.seccompProfile", "it may make any system call" },
        { "host-network", "/3/spec/template/spec/hostNetwork=true", "StatefulSet/web", $"{Pod}.hostNetwork", "it shares this with its node" },
        { "host-pid", "/3/spec/template/spec/hostPID=true", "StatefulSet/web", $"{Pod}.hostPID", "it shares this with its node" },
        { "host-ipc", "/3/spec/template/spec/hostIPC=true", "StatefulSet/web", $"{Pod}.hostIPC", "it shares this with its node" },
        { "docker-sock", Mounting("/var/run/docker.sock"), "StatefulSet/web", $"{Pod}.containers[nginx].volumeMounts", "it mounts /var/run/docker.sock of its node" },
        { "sensitive-host-mounts", Mounting("/etc"), "StatefulSet/web", $"{Pod}.containers[nginx].volumeMounts", "it mounts /etc of its node" },
        { "sensitive-host-mounts", Mounting("/"), "StatefulSet/web", $"{Pod}.containers[nginx].volumeMounts", "it mounts / of its node" },
        { "unsafe-sysctls", "/3/spec/template/spec/securityContext/sysctls=[{\"name\":\"net.core.somaxconn\",\"value\":\"1\"}]", "StatefulSet/web", $"{Pod}.securityContext.sysctls", "net.core.somaxconn may be felt by other pods" },
    };

    [Fact]
    public void Sound_objects_break_none() => Assert.Empty(Breaches(SampleFolder.Sound()));

    [Theory]
    [MemberData(nameof(Breaks))]
    public void A_broken_policy_is_named(string policy, string change, string subject, string path, string sentence)
    {
        var found = Breaches(SampleFolder.With(change)).Where(finding => finding.Check == policy).ToList();
        Assert.Contains((subject, path, sentence), found.Select(finding => (finding.Subject, finding.Path, finding.What)));
        Assert.Equal(PolicyTable.All.Single(one => one.Id == policy).Mend, found[0].Mend);
    }

    [Fact]
    public void Every_policy_has_a_change_that_breaks_it() => Assert.Equal(
        PolicyTable.All.Select(policy => policy.Id).Order(StringComparer.Ordinal), Breaks.Select(row => (string)row[0]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("/3/spec/replicas=1")]
    [InlineData("/3/spec/template/spec/containers/0/image=\"nginx@sha256:0123\"")]
    [InlineData("/3/spec/template/spec/containers/0/image=\"nginx:1.28@sha256:0123\"")]
    [InlineData("/3/spec/template/spec/containers/0/readinessProbe={\"tcpSocket\":{\"port\":8080},\"periodSeconds\":2}")]
    [InlineData("/3/spec/template/spec/containers/0/resources={\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}")]
    [InlineData("/2/spec/minAvailable=1")]
    [InlineData("/1/spec={\"podSelector\":{},\"egress\":[{}]}")]
    [InlineData("/0/spec={\"type\":\"ClusterIP\",\"clusterIP\":\"None\",\"selector\":{\"app\":\"nginx\"},\"ports\":[{\"port\":80,\"targetPort\":8080}]}")]
    [InlineData("/3/spec/template/spec/containers/0/securityContext={\"allowPrivilegeEscalation\":false,\"readOnlyRootFilesystem\":true,\"runAsUser\":7,\"runAsGroup\":7,\"capabilities\":{\"drop\":[\"NET_RAW\"]}}")]
    public void What_is_as_good_breaks_none(string change) => Assert.Empty(Breaches(SampleFolder.With(change)));

    [Fact]
    public void What_was_left_out_is_not_asked_for() =>
        Assert.Empty(Finding.Of(Sources(SampleFolder.With("/3/spec/template/spec/containers/0/image=\"nginx\"")), ["latest-tag"]));

    private static string Mounting(string path) =>
        $"/3/spec/template/spec={{\"topologySpreadConstraints\":[],\"volumes\":[{{\"name\":\"host\",\"hostPath\":{{\"path\":\"{path}\"}}}}],\"containers\":[{{\"name\":\"nginx\",\"volumeMounts\":[{{\"name\":\"host\"}}]}}]}}";

    private static IReadOnlyList<Finding> Breaches(IReadOnlyList<Manifest> manifests) => Finding.Of(Sources(manifests), []);

    private static IReadOnlyList<ManifestSource> Sources(IReadOnlyList<Manifest> manifests) => [.. manifests.Select(manifest => new ManifestSource(manifest, "objects.yaml", 1))];
}
