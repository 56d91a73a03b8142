using Cli.Checks.Policies;
using Xunit;

namespace Tests.Cli.Checks.Policies;

/// <summary>docs/policies.md and the program say the same.</summary>
public sealed class PolicyDocumentTests
{
    /// <summary>kube-linter's internal/defaultchecks/default_checks.go, of August 2026.</summary>
    private static readonly string[] KubeLinter =
    [
        "dangling-service", "deprecated-service-account-field", "docker-sock", "drop-net-raw-capability", "duplicate-env-var", "env-var-secret", "host-ipc", "host-network", "host-pid",
        "invalid-target-ports", "job-ttl-seconds-after-finished", "latest-tag", "liveness-port", "mismatching-selector", "no-anti-affinity", "no-extensions-v1beta", "no-read-only-root-fs",
        "non-existent-service-account", "pdb-max-unavailable", "pdb-min-available", "pdb-unhealthy-pod-eviction-policy", "privilege-escalation-container", "privileged-container",
        "readiness-port", "run-as-non-root", "sensitive-host-mounts", "ssh-port", "startup-port", "unsafe-sysctls", "unset-cpu-requirements", "unset-memory-requirements",
    ];

    /// <summary>kube-score's README_CHECKS.md, of May 2026: what speaks of the kinds that are made here, and of CronJobs.</summary>
    private static readonly string[] KubeScore =
    [
        "container-ephemeral-storage-request-and-limit", "container-image-pull-policy", "container-image-tag", "container-resources", "container-seccomp-profile",
        "container-security-context-privileged", "container-security-context-readonlyrootfilesystem", "container-security-context-user-group-id", "cronjob-has-deadline", "cronjob-restartpolicy",
        "environment-variable-key-duplication", "label-values", "networkpolicy-targets-pod", "pod-networkpolicy", "pod-probes", "pod-probes-identical", "pod-topology-spread-constraints",
        "poddisruptionbudget-has-policy", "service-targets-pod", "service-type", "statefulset-has-host-podantiaffinity", "statefulset-has-poddisruptionbudget", "statefulset-has-servicename",
        "statefulset-pod-selector-labels-match-template-metadata-labels",
    ];

    [Fact]
    public void The_document_has_every_policy_and_every_waiver_word_for_word() => Assert.Equal(
        PolicyTable.Rows, File.ReadAllLines(Path.Combine(Repository.Root, "docs", "policies.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)));

    [Fact]
    public void Every_check_of_the_linters_is_held_or_waived()
    {
        Assert.Equal(KubeLinter, Of("kube-linter"));
        Assert.Equal(KubeScore, Of("kube-score"));
    }

    [Fact]
    public void No_name_is_taken_twice() =>
        Assert.Distinct(PolicyTable.All.Select(policy => policy.Id).Concat(Waiver.All.Select(waiver => waiver.Id)));

    /// <summary>A source is a linter, with the check's name there where that is another.</summary>
    private static IEnumerable<string> Of(string linter) => PolicyTable.All.Select(policy => (policy.Id, policy.Source)).Concat(Waiver.All.Select(waiver => (waiver.Id, waiver.Source)))
        .SelectMany(check => check.Source.Split("; ").Select(source => source.Split(": ") is [var other, var name] ? (other, name) : (source, check.Id)))
        .Where(check => check.Item1 == linter).Select(check => check.Item2).Order(StringComparer.Ordinal);
}
