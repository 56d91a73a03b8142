using Xunit;

namespace Tests.Infra;

/// <summary>The functions of peers.sh: which other pods exist, as the name service tells.</summary>
public sealed class PeersTests : IDisposable
{
    private readonly ScriptPod pod = new("mysql-8.4", 1);

    public PeersTests()
    {
        pod.Resolves("mysql", "10.0.0.12", "10.0.0.10", "10.0.0.11");
        pod.Resolves("mysql-1", "127.0.0.1", "10.0.0.11");
        pod.Resolves("mysql-0.mysql", "10.0.0.10");
        pod.Resolves("mysql-1.mysql", "10.0.0.11");
        pod.Resolves("mysql-2.mysql", "10.0.0.12");
    }

    public void Dispose() => pod.Dispose();

    [Fact]
    public async Task Addresses_come_sorted_and_each_once() =>
        Assert.Equal("10.0.0.10\n10.0.0.11\n10.0.0.12\n", await PrintAsync("addresses_of mysql mysql-2.mysql nobody"));

    [Fact]
    public async Task A_pod_s_own_address_is_the_one_that_is_not_local() => Assert.Equal("10.0.0.11\n", await PrintAsync("own_addresses"));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.1.1")]
    public async Task A_pod_that_is_not_in_its_own_hosts_file_asks_the_name_service(string hosts)
    {
        pod.Resolves("mysql-1", hosts);
        Assert.Equal("10.0.0.11\n", await PrintAsync("own_addresses"));
    }

    [Fact]
    public async Task The_others_are_all_that_the_service_lists_but_this_pod() =>
        Assert.Equal("10.0.0.10\n10.0.0.12\n", await PrintAsync("other_addresses"));

    [Fact]
    public async Task The_ordinals_of_the_others_come_in_order_also_beyond_a_gap()
    {
        pod.Resolves("mysql", "10.0.0.10", "10.0.0.11", "10.0.1.17");
        pod.Resolves("mysql-17.mysql", "10.0.1.17");
        Assert.Equal("0\n2\n17\nall\n", await PrintAsync("other_ordinals && echo all"));
    }

    [Fact]
    public async Task They_are_asked_for_until_every_address_has_a_name()
    {
        pod.Resolves("mysql", "10.0.0.10", "10.0.0.11");
        Assert.Equal("0\nall\n", await PrintAsync("other_ordinals && echo all"));
    }

    [Fact]
    public async Task An_address_for_which_there_is_no_name_is_told()
    {
        pod.Resolves("mysql", "10.0.0.10", "10.0.0.11", "10.0.0.99");
        Assert.Equal("0\n2\nnot all\n", await PrintAsync("other_ordinals || echo not all"));
    }

    [Theory]
    [InlineData(3, 102, "0\n2\n102\nall\n")]
    [InlineData(3, 103, "0\n2\nnot all\n")]
    [InlineData(4, 103, "0\n2\n103\nall\n")]
    [InlineData(null, 99, "0\n2\n99\nall\n")]
    public async Task Names_are_asked_for_a_hundred_beyond_the_members(int? members, int last, string printed)
    {
        pod.HasMembers(members);
        pod.Resolves("mysql", "10.0.0.10", "10.0.0.11", "10.0.0.12", "10.0.1.99");
        pod.Resolves($"mysql-{last}.mysql", "10.0.1.99");
        Assert.Equal(printed, await PrintAsync("other_ordinals && echo all || echo not all"));
    }

    [Theory]
    [InlineData(3, "3\n")]
    [InlineData(12, "12\n")]
    [InlineData(0, "unknown\n")]
    [InlineData(null, "unknown\n")]
    public async Task How_many_members_there_should_be_is_in_a_file(int? members, string printed)
    {
        pod.HasMembers(members);
        Assert.Equal(printed, await PrintAsync("expected_members && echo || echo unknown"));
    }

    [Fact]
    public async Task A_pod_that_is_alone_has_no_others()
    {
        pod.Resolves("mysql", "10.0.0.11");
        Assert.Equal("all\n", await PrintAsync("other_ordinals && echo all"));
    }

    [Theory]
    [InlineData("10.0.0.12", "mysql-2.mysql (10.0.0.12)")]
    [InlineData("10.0.0.11", "mysql-1.mysql (10.0.0.11)")]
    [InlineData("10.0.0.1", "the pod at 10.0.0.1")]
    [InlineData("10.0.0.1.", "the pod at 10.0.0.1.")]
    [InlineData("10.0.0.99", "the pod at 10.0.0.99")]
    public async Task A_person_reads_the_name_of_the_pod_that_has_exactly_that_address(string address, string name) =>
        Assert.Equal(name, await PrintAsync($"name_of {address}"));

    private async Task<string> PrintAsync(string commands)
    {
        var run = await pod.CallAsync("lib.sh peers.sh", commands);
        Assert.Empty(run.Errors);
        return run.Output;
    }
}
