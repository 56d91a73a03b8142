using FsCheck;
using FsCheck.Fluent;
using Infra.Identity;
using Xunit;

namespace Tests.Infra;

public sealed class StatefulIdentityTests
{
    private static readonly StatefulIdentity Mysql = new("mysql", "mysql", "shop", 3);

    [Fact]
    public void A_pod_has_the_names_that_Kubernetes_gives_it()
    {
        Assert.Equal("mysql-2", Mysql.Pod(2));
        Assert.Equal("mysql-2.mysql", Mysql.Host(2));
        Assert.Equal("mysql-2.mysql.shop.svc.cluster.local", Mysql.FullHost(2));
        Assert.Equal("data-mysql-2", Mysql.Claim("data", 2));
    }

    [Fact]
    public void Ordinal_0_is_the_primary() => Assert.Equal("mysql-0.mysql", Mysql.PrimaryHost);

    [Fact]
    public void Server_ids_are_the_ordinal_and_100() => Assert.Equal([100, 101, 102], Mysql.Ordinals.Select(StatefulIdentity.ServerId));

    [Fact]
    public void Another_domain_ends_the_full_host() =>
        Assert.Equal("web-0.nginx.default.svc.lab.example", new StatefulIdentity("web", "nginx", "default", 1, "lab.example").FullHost(0));

    [Fact]
    public void Pods_claims_and_server_ids_are_distinct_over_ordinals() => Prop.ForAll(Identities, identity =>
        Distinct(identity.Ordinals.Select(identity.Pod), identity.Replicas)
        && Distinct(identity.Ordinals.Select(identity.FullHost), identity.Replicas)
        && Distinct(identity.Ordinals.Select(ordinal => identity.Claim("data", ordinal)), identity.Replicas)
        && Distinct(identity.Ordinals.Select(StatefulIdentity.ServerId), identity.Replicas)
        && identity.Ordinals.All(ordinal => StatefulIdentity.ServerId(ordinal) > 0)).QuickCheckThrowOnFailure();

    [Fact]
    public void Scaling_changes_nothing_of_those_that_stay() => Prop.ForAll(Identities, ArbMap.Default.ArbFor<PositiveInt>(), (identity, other) =>
    {
        var scaled = new StatefulIdentity(identity.Name, identity.Service, identity.Namespace, 1 + (other.Get % 20), identity.Domain);
        return identity.Ordinals.Intersect(scaled.Ordinals).All(ordinal =>
            identity.FullHost(ordinal) == scaled.FullHost(ordinal) && identity.Claim("data", ordinal) == scaled.Claim("data", ordinal));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_name_of_a_pod_is_a_DNS_label() => Prop.ForAll(Identities, identity =>
        identity.Ordinals.Select(identity.Pod).All(pod => ResourceName.ServiceProblem(pod) is null)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(50, 10, true)]
    [InlineData(51, 10, false)]
    [InlineData(50, 11, false)]
    [InlineData(49, 100, true)]
    public void A_name_leaves_room_for_its_ordinals(int length, int replicas, bool fits) =>
        Assert.Equal(fits, ResourceName.SetProblem(new string('a', length), replicas) is null);

    [Theory]
    [InlineData("")]
    [InlineData("Mysql")]
    [InlineData("my_sql")]
    [InlineData("-mysql")]
    [InlineData("mysql-")]
    [InlineData("1mysql")]
    [InlineData("my.sql")]
    [InlineData("mysql\n")]
    public void A_name_that_is_no_DNS_label_is_refused(string name)
    {
        var refused = Assert.Throws<ArgumentException>(() => new StatefulIdentity(name, "mysql", "default", 3));
        Assert.Contains("is not a DNS label", refused.Message, StringComparison.Ordinal);
        Assert.Equal("name", refused.ParamName);
    }

    [Fact]
    public void Less_than_one_replica_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new StatefulIdentity("mysql", "mysql", "default", 0));

    private static Arbitrary<StatefulIdentity> Identities =>
        (from name in Names
         from service in Names
         from place in Names
         from replicas in Gen.Choose(1, 120)
         select new StatefulIdentity(name, service, place, replicas)).ToArbitrary();

    private static Gen<string> Names =>
        from first in Gen.Elements('a', 'm', 'z')
        from length in Gen.Choose(0, 46)
        from middle in Gen.Elements('a', 'x', '0', '9', '-').ArrayOf(length)
        from last in Gen.Elements('b', '7')
        select $"{first}{new string(middle)}{last}";

    private static bool Distinct<T>(IEnumerable<T> values, int count) => values.Distinct().Count() == count;
}
