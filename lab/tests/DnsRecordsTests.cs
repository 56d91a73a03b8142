using Lab.Dns;
using Lab.Specs;
using Lab.State;
using Xunit;

namespace Lab.Tests;

public class DnsRecordsTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "db" };
    private static readonly ServiceSpec Headless = new("default", "db", Headless: true, PublishNotReady: false, Labels);
    private static readonly ServiceSpec Read = new("default", "db-read", Headless: false, PublishNotReady: false, Labels);
    private static readonly PodState Ready = Pod(0, "10.0.0.2", ready: true);
    private static readonly PodState Unready = Pod(1, "10.0.0.3", ready: false);

    [Fact]
    public void A_headless_service_gives_each_ready_pod_a_record() => Assert.Equal(
        ["db-0.db.default.svc.cluster.local 10.0.0.2", "db.default.svc.cluster.local 10.0.0.2"], Records([Headless], [Ready, Unready]));

    [Fact]
    public void Pods_that_are_not_ready_are_published_where_the_service_says_so() => Assert.Equal(
        [
            "db-0.db.default.svc.cluster.local 10.0.0.2", "db-1.db.default.svc.cluster.local 10.0.0.3",
            "db.default.svc.cluster.local 10.0.0.2", "db.default.svc.cluster.local 10.0.0.3",
        ],
        Records([Headless with { PublishNotReady = true }], [Ready, Unready]));

    [Fact]
    public void A_service_with_an_address_gives_only_its_own_name() =>
        Assert.Equal(["db-read.default.svc.cluster.local 10.0.0.2"], Records([Read], [Ready, Unready]));

    [Fact]
    public void A_service_for_one_pod_gives_that_pod_alone_while_it_is_ready()
    {
        var write = new ServiceSpec(
            "default", "db-write", Headless: false, PublishNotReady: false,
            new Dictionary<string, string> { ["app"] = "db", ["statefulset.kubernetes.io/pod-name"] = "db-0" });
        var (first, second) = (Named("db-0", Ready), Named("db-1", Unready with { Ready = true }));
        Assert.Equal(["db-write.default.svc.cluster.local 10.0.0.2"], Records([write], [first, second]));
        Assert.Empty(Records([write], [first with { Ready = false }, second]));

        static PodState Named(string name, PodState pod) => pod with { Labels = new Dictionary<string, string>(Labels) { ["statefulset.kubernetes.io/pod-name"] = name } };
    }

    [Fact]
    public void A_pod_that_ends_or_has_no_address_is_not_published() =>
        Assert.Empty(Records([Headless], [Ready with { Terminating = true }, Ready with { Address = "" }]));

    [Fact]
    public void Other_namespaces_and_labels_are_not_selected() =>
        Assert.Empty(Records([Headless], [Ready with { Namespace = "other" }, Ready with { Labels = new Dictionary<string, string> { ["app"] = "web" } }]));

    [Fact]
    public void Every_label_of_a_selector_has_to_fit()
    {
        var one = new Dictionary<string, string>(Labels) { ["part"] = "one" };
        Assert.Empty(Records([Read with { Selector = one }], [Ready]));
        Assert.Equal(["db-read.default.svc.cluster.local 10.0.0.2"], Records([Read with { Selector = one }], [Ready with { Labels = new Dictionary<string, string>(one) { ["more"] = "" } }]));
    }

    [Theory]
    [InlineData("db-0.db", "db.default.svc.cluster.local 10.0.0.2")]
    [InlineData("db", "db-0.db.default.svc.cluster.local 10.0.0.2")]
    [InlineData("db-0.db.default.svc.cluster.local.", "db.default.svc.cluster.local 10.0.0.2")]
    public void A_blocked_name_is_left_out_and_no_other(string blocked, string left) =>
        Assert.Equal([left], DnsRecords.Of([Headless], [Ready], [blocked]).Select(record => $"{record.Name} {record.Address}"));

    private static IEnumerable<string> Records(IReadOnlyList<ServiceSpec> services, IReadOnlyList<PodState> pods) =>
        DnsRecords.Of(services, pods, []).Select(record => $"{record.Name} {record.Address}");

    private static PodState Pod(int ordinal, string address, bool ready) => new()
    {
        Namespace = "default",
        Name = $"db-{ordinal}",
        Ordinal = ordinal,
        Service = "db",
        Labels = Labels,
        Address = address,
        Phase = "Running",
        Ready = ready,
    };
}
