using Xunit;

namespace Trials.Clusters;

/// <summary>Three etcd members on the lab that have nothing but names to find each other by.</summary>
[Trait("level", "lab")]
public sealed class EtcdLabTests(EtcdFixture etcd) : IClassFixture<EtcdFixture>, IAsyncLifetime
{
    private static readonly string[] Pods = ["etcd-0", "etcd-1", "etcd-2"];

    public Task InitializeAsync() => etcd.ReadyAsync(this);

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    [Trait("quick", "yes")]
    public async Task Members_are_made_in_order_and_know_each_other_by_name()
    {
        var pods = await etcd.Lab.PodsAsync();
        Assert.Equal(Pods, pods.Select(pod => pod.Name));
        Assert.All(pods, pod => Assert.Equal(0, pod.Restarts));
        foreach (var pod in Pods)
        {
            Assert.Equal(
                Pods.Select(name => $"started, {name}, http://{name}.etcd:2380, http://{name}.etcd:2379"),
                (await etcd.MembersAsync(pod)).Select(member => string.Join(", ", member.Skip(1))));
        }
    }

    [SkippableFact]
    public async Task A_value_that_one_member_was_given_is_read_from_another()
    {
        await etcd.PutAsync("etcd-1", "colour", "green");
        Assert.Equal("green", await etcd.GetAsync("etcd-2", "colour"));
        Assert.Equal("green", await etcd.GetAsync("etcd-0", "colour", from: "etcd-2"));
    }

    [SkippableFact]
    public async Task A_killed_pod_comes_back_as_the_same_member_with_its_data()
    {
        await etcd.PutAsync("etcd-0", "kept", "over a kill");
        var (members, claims) = (await etcd.MembersAsync("etcd-0"), await etcd.Lab.ClaimsAsync());
        var before = (await etcd.Lab.PodsAsync()).Single(pod => pod.Name == "etcd-1");

        await KillAsync("etcd-1");

        var after = (await etcd.Lab.ReadyAsync("etcd", EtcdFixture.Members)).Single(pod => pod.Name == "etcd-1");
        Assert.NotEqual(before.Address, after.Address);
        Assert.Equal([after.Address], await etcd.Lab.Cluster.ResolveAsync("etcd-1.etcd"));
        await etcd.HealthyAsync(EtcdFixture.Members);
        Assert.Equal("over a kill", await etcd.GetOwnAsync("etcd-1", "kept"));
        Assert.Equal(members, await etcd.MembersAsync("etcd-1"));
        Assert.Equal(claims, await etcd.Lab.ClaimsAsync());
        // The others let no member in that has lost what it had: it would end, and be started again.
        Assert.Equal(0, (await etcd.Lab.PodsAsync()).Single(pod => pod.Name == "etcd-1").Restarts);
    }

    [SkippableFact]
    public async Task Two_members_serve_while_the_third_is_away_and_it_catches_up()
    {
        await etcd.PutAsync("etcd-2", "before", "three");

        await etcd.ScaleAsync(2);
        Assert.Empty(await etcd.Lab.Cluster.ResolveAsync("etcd-2.etcd"));
        await etcd.HealthyAsync(2);
        Assert.Equal("three", await etcd.GetAsync("etcd-1", "before"));
        await etcd.PutAsync("etcd-1", "meanwhile", "two");
        Assert.Equal("two", await etcd.GetAsync("etcd-0", "meanwhile"));
        Assert.Equal(Pods, (await etcd.MembersAsync("etcd-0")).Select(member => member[2]));
        Assert.Equal(["data-etcd-0", "data-etcd-1", "data-etcd-2"], await etcd.Lab.ClaimsAsync());

        await etcd.ReadyAsync(this);
        Assert.Equal(("three", "two"), (await etcd.GetOwnAsync("etcd-2", "before"), await etcd.GetOwnAsync("etcd-2", "meanwhile")));
    }

    [SkippableFact]
    public async Task Members_that_are_all_killed_at_once_come_back_in_order_with_what_they_had()
    {
        await etcd.PutAsync("etcd-1", "on", "disk");

        await KillAsync(Pods);

        var after = await etcd.Lab.ReadyAsync("etcd", EtcdFixture.Members);
        Assert.All(after.Zip(after.Skip(1)), pair => Assert.True(
            pair.Second.CreatedAt >= pair.First.ReadyAt, $"{pair.Second.Name} was made before {pair.First.Name} was ready"));
        await etcd.HealthyAsync(EtcdFixture.Members);
        Assert.Equal("disk", await etcd.GetAsync("etcd-2", "on"));
    }

    private async Task KillAsync(params string[] names)
    {
        var before = (await etcd.Lab.PodsAsync()).Where(pod => names.Contains(pod.Name)).Select(pod => pod.Uid).ToHashSet();
        await etcd.Lab.DeletePodsAsync(names, kill: true);
        await etcd.Lab.PodsAsync(pods => !pods.Any(pod => before.Contains(pod.Uid)), $"{string.Join(", ", names)} to be gone", 30);
    }
}
