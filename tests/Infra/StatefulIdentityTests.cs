using FsCheck;
using FsCheck.Fluent;
using Infra.Identity;
using Xunit;

namespace Tests.Infra;

public sealed class StatefulIdentityTests
{
    private static readonly StatefulIdentity Mysql = new("mysql", "mysql", 3);

    [Fact]
    public void A_pod_has_the_names_that_Kubernetes_gives_it()
    {
        Assert.Equal("mysql-2", Mysql.Pod(2));
        Assert.Equal("mysql-2.mysql", Mysql.Host(2));
        Assert.Equal("data-mysql-2", Mysql.Claim("data", 2));
    }

    [Fact]
    public void Ordinal_0_is_the_primary() => Assert.Equal("mysql-0.mysql", Mysql.PrimaryHost);

    [Fact]
    public void In_the_cluster_a_name_has_its_namespace_and_a_domain_where_one_is_given()
    {
        Assert.Equal("mysql-2.mysql.shop.svc", StatefulIdentity.InCluster(Mysql.Host(2), "shop"));
        Assert.Equal("mysql-read.shop.svc.lab.example", StatefulIdentity.InCluster("mysql-read", "shop", "lab.example"));
    }

    [Fact]
    public void Hosts_are_by_ordinal() => Assert.Equal(["mysql-0.mysql", "mysql-1.mysql", "mysql-2.mysql"], Mysql.Hosts);

    [Fact]
    public void Pods_hosts_and_claims_are_distinct_over_ordinals() => Prop.ForAll(Identities, identity =>
        Distinct(identity.Ordinals.Select(identity.Pod), identity.Replicas)
        && Distinct(identity.Hosts, identity.Replicas)
        && Distinct(identity.Ordinals.Select(ordinal => identity.Claim("data", ordinal)), identity.Replicas)).QuickCheckThrowOnFailure();

    [Fact]
    public void Scaling_changes_nothing_of_those_that_stay() => Prop.ForAll(Identities, ArbMap.Default.ArbFor<PositiveInt>(), (identity, other) =>
    {
        var scaled = new StatefulIdentity(identity.Name, identity.Service, 1 + (other.Get % 20));
        return identity.Ordinals.Intersect(scaled.Ordinals).All(ordinal =>
            identity.Host(ordinal) == scaled.Host(ordinal) && identity.Claim("data", ordinal) == scaled.Claim("data", ordinal));
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
        var refused = Assert.Throws<ArgumentException>(() => new StatefulIdentity(name, "mysql", 3));
        Assert.Contains("is not a DNS label", refused.Message, StringComparison.Ordinal);
        Assert.Equal("name", refused.ParamName);
    }

    [Fact]
    public void A_service_that_is_no_DNS_label_is_refused() =>
        Assert.Equal("service", Assert.Throws<ArgumentException>(() => new StatefulIdentity("mysql", "1mysql", 3)).ParamName);

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_has_at_most_63_characters(int length, bool fits)
    {
        Assert.Equal(fits, ResourceName.ServiceProblem(new string('a', length)) is null);
        Assert.Equal(fits, ResourceName.NamespaceProblem(new string('7', length)) is null);
    }

    [Theory]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public void The_name_of_an_object_has_at_most_253_characters(int length, bool fits) => Assert.Equal(fits, ResourceName.ObjectProblem(new string('a', length)) is null);

    [Theory]
    [InlineData("a.b-c.7", true)]
    [InlineData("a..b", false)]
    [InlineData(".a", false)]
    [InlineData("a-", false)]
    [InlineData("a_b", false)]
    [InlineData("A", false)]
    public void The_name_of_an_object_is_labels_with_dots(string name, bool fits)
    {
        Assert.Equal(fits, ResourceName.ObjectProblem(name) is null);
        Assert.Equal(fits, ResourceName.DomainProblem(name) is null);
    }

    /// <summary>A name that is wrong in itself is not measured.</summary>
    [Fact]
    public void Of_two_problems_of_a_name_the_first_is_told() =>
        Assert.Contains("is not a DNS label", ResourceName.SetProblem(new string('A', 60), 3), StringComparison.Ordinal);

    [Fact]
    public void Less_than_one_replica_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new StatefulIdentity("mysql", "mysql", 0));

    private static Arbitrary<StatefulIdentity> Identities =>
        (from name in Names
         from service in Names
         from replicas in Gen.Choose(1, 120)
         select new StatefulIdentity(name, service, replicas)).ToArbitrary();

    private static Gen<string> Names =>
        from first in Gen.Elements('a', 'm', 'z')
        from length in Gen.Choose(0, 46)
        from middle in Gen.Elements('a', 'x', '0', '9', '-').ArrayOf(length)
        from last in Gen.Elements('b', '7')
        select $"{first}{new string(middle)}{last}";

    private static bool Distinct<T>(IEnumerable<T> values, int count) => values.Distinct().Count() == count;
}
