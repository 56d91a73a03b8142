using System.Text.Json.Nodes;
using Cli.Checks;
using Lab.Manifests;
using Xunit;

namespace Tests.Cli.Checks;

public sealed class InvariantsTests
{
    public static TheoryData<string, string> Breaks => new()
    {
        { "/1/metadata/name=other", "it refers to Service \"nginx\", which is not there" },
        { "/2/spec/podManagementPolicy=Parallel", "podManagementPolicy is Parallel; only under OrderedReady can a pod be seeded from the one before it" },
        { "/1/spec/clusterIP=10.0.0.1", "its Service \"nginx\" has an address of its own (clusterIP is not None), so that pods get no records" },
        { "/2/spec/selector/matchLabels/app=other", "its selector does not find its own pods" },
        { "/1/spec/selector/app=other", "Service \"nginx\" selects other pods than the set" },
        { "/2/spec/template/spec/containers/0/volumeMounts/0/name=lost", "container nginx mounts \"lost\", which is neither a volume nor a claim template" },
        { "/1/spec/ports/0/targetPort=http", "Service \"nginx\" targets port \"http\", which no container has" },
        { "/2/spec/persistentVolumeClaimRetentionPolicy/whenScaled=Delete", "persistentVolumeClaimRetentionPolicy.whenScaled is Delete; only Retain keeps the data" },
        { "/2/metadata/annotations/pulumi.com~1deletionPropagationPolicy=foreground", "it lacks the annotation pulumi.com/deletionPropagationPolicy: orphan; a replacement would stop all pods at once" },
        { "/2/spec/template/spec/volumes/0/configMap/name=gone", "it refers to ConfigMap \"gone\", which is not there" },
        { "/2/spec/template/spec/containers/0/name=mysql", "a MySQL pod runs init-mysql, then clone-mysql, then mysql with its sidecar; this one runs mysql" },
    };

    [Fact]
    public void Sound_objects_break_none() => Assert.Empty(Invariants.Check(Sound()));

    [Theory]
    [MemberData(nameof(Breaks))]
    public void A_broken_invariant_is_named(string change, string sentence)
    {
        var manifests = Sound();
        Apply(change, manifests);
        Assert.Contains(new Violation("StatefulSet/web", sentence), Invariants.Check(manifests));
    }

    /// <summary>Sets the text at a JSON pointer whose first step is the object's place in the list.</summary>
    private static void Apply(string change, IReadOnlyList<Manifest> manifests)
    {
        var (pointer, value) = change.Split('=', 2) is [var left, var right] ? (left, right) : throw new ArgumentException(change);
        var steps = pointer.Split('/')[1..].Select(step => step.Replace("~1", "/", StringComparison.Ordinal)).ToList();
        JsonNode at = manifests[int.Parse(steps[0])].Body;
        foreach (var step in steps[1..^1])
        {
            at = at is JsonArray list ? list[int.Parse(step)]! : at[step]!;
        }

        at[steps[^1]] = value;
    }

    [Fact]
    public void A_write_Service_that_leads_to_ordinal_0_breaks_none() => Assert.Empty(Invariants.Check(WithWriteService("web-0")));

    [Theory]
    [InlineData("web-1")]
    [InlineData("nginx-0")]
    public void A_write_Service_that_leads_elsewhere_is_named(string pod) => Assert.Equal(
        [new Violation("StatefulSet/web", "Service \"web-write\" does not lead to web-0 alone, the only pod that takes writes")],
        Invariants.Check(WithWriteService(pod)));

    [Fact]
    public void A_write_Service_that_leads_to_all_pods_of_a_MySQL_set_is_named()
    {
        var manifests = WithWriteService("web-0");
        Apply("/3/spec/template/spec/containers/0/name=mysql", manifests);
        ((JsonObject)manifests[2].Body["spec"]!["selector"]!).Remove("statefulset.kubernetes.io/pod-name");
        Assert.Contains(
            new Violation("StatefulSet/web", "Service \"web-write\" does not lead to web-0 alone, the only pod that takes writes"), Invariants.Check(manifests));
    }

    [Fact]
    public void A_write_Service_with_pods_that_are_not_ready_is_named()
    {
        var manifests = WithWriteService("web-0");
        manifests[2].Body["spec"]!["publishNotReadyAddresses"] = true;
        Assert.Equal(
            [new Violation("StatefulSet/web", "Service \"web-write\" leads writers to a primary that is not ready (publishNotReadyAddresses)")],
            Invariants.Check(manifests));
    }

    /// <summary>The user makes them, or cert-manager does, before or beside the stack.</summary>
    [Theory]
    [InlineData("store-secret", 0)]
    [InlineData("tls", 0)]
    [InlineData("credentials", 1)]
    public void A_Secret_that_the_stack_does_not_make_need_not_be_there(string volume, int broken)
    {
        var manifests = Sound();
        manifests[2].Body["spec"]!["template"]!["spec"]!["volumes"]!.AsArray().Add(JsonNode.Parse($$"""{ "name": "{{volume}}", "secret": { "secretName": "gone" } }"""));
        Assert.Equal(broken, Invariants.Check(manifests).Count);
    }

    /// <summary>The set wants no policy that leaves its pods running: nobody would look after them, and nobody misses them.</summary>
    [Theory]
    [InlineData("{}", 0)]
    [InlineData("""{ "volumeClaimTemplates": [{ "metadata": { "name": "data" } }] }""", 1)]
    public void Pods_that_serve_nobody_may_stop_with_their_set_where_they_keep_nothing(string more, int broken)
    {
        var manifests = Sound();
        ((JsonObject)manifests[1].Body["spec"]!).Remove("ports");
        ((JsonObject)manifests[2].Body["metadata"]!).Remove("annotations");
        foreach (var (key, value) in JsonNode.Parse(more)!.AsObject())
        {
            manifests[2].Body["spec"]![key] = value!.DeepClone();
        }

        Assert.Equal(broken, Invariants.Check(manifests).Count);
    }

    private static IReadOnlyList<Manifest> WithWriteService(string pod) =>
    [
        .. Sound().SkipLast(1),
        Manifest.Parse($$"""
            { "kind": "Service", "metadata": { "name": "web-write" },
              "spec": { "type": "LoadBalancer", "ports": [{ "name": "web", "port": 80, "targetPort": "web" }],
                        "selector": { "app": "nginx", "statefulset.kubernetes.io/pod-name": "{{pod}}" } } }
            """),
        Sound()[^1],
    ];

    private static IReadOnlyList<Manifest> Sound() =>
    [
        Manifest.Parse("""{ "kind": "ConfigMap", "metadata": { "name": "pages" } }"""),
        Manifest.Parse("""
            { "kind": "Service", "metadata": { "name": "nginx" },
              "spec": { "clusterIP": "None", "selector": { "app": "nginx" }, "ports": [{ "name": "web", "port": 80, "targetPort": "web" }] } }
            """),
        Manifest.Parse("""
            { "kind": "StatefulSet", "metadata": { "name": "web", "annotations": { "pulumi.com/deletionPropagationPolicy": "orphan" } },
              "spec": {
                "serviceName": "nginx", "replicas": 2, "podManagementPolicy": "OrderedReady", "selector": { "matchLabels": { "app": "nginx" } },
                "persistentVolumeClaimRetentionPolicy": { "whenDeleted": "Retain", "whenScaled": "Retain" },
                "template": {
                  "metadata": { "labels": { "app": "nginx" } },
                  "spec": {
                    "volumes": [{ "name": "pages", "configMap": { "name": "pages" } }],
                    "containers": [{
                      "name": "nginx", "ports": [{ "name": "web", "containerPort": 80 }], "volumeMounts": [{ "name": "pages", "mountPath": "/p" }]
                    }]
                  }
                }
              } }
            """),
    ];
}
