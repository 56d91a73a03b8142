using System.Diagnostics;
using Cli.Clusters;
using k8s;
using Lab.Commands;
using Xunit;

namespace Tests.Cli.Clusters;

/// <summary>What a person hears when a cluster cannot be asked: a sentence, soon, with an exit code.</summary>
public sealed class ClusterConnectionTests : IDisposable
{
    private readonly FakeApiServer server = new();

    public void Dispose() => server.Dispose();

    [Fact]
    public void A_context_that_is_not_there_is_named_with_those_that_are()
    {
        var wrong = Assert.Throws<CommandException>(() => ClusterConnection.Open(server.Kubeconfig, "kind"));
        Assert.Equal((2, $"there is no context \"kind\" in {server.Kubeconfig}; there are: also-here, here"), (wrong.ExitCode, wrong.Message));
    }

    [Fact]
    public void A_kubeconfig_that_is_not_there_is_named()
    {
        var wrong = Assert.Throws<CommandException>(() => ClusterConnection.Open("/nowhere/config", null));
        Assert.Equal((2, "there is no kubeconfig /nowhere/config; --kubeconfig or KUBECONFIG names one"), (wrong.ExitCode, wrong.Message));
    }

    [Fact]
    public void A_file_that_is_no_kubeconfig_is_a_sentence()
    {
        using var folder = new TemporaryFolder();
        folder.Write("config", "contexts: {");
        var wrong = Assert.Throws<CommandException>(() => ClusterConnection.Open(Path.Combine(folder.Root, "config"), null));
        Assert.StartsWith($"{folder.Root}/config cannot be used: ", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(2, wrong.ExitCode);
    }

    [Fact]
    public void Without_a_context_the_current_one_is_taken()
    {
        using var connection = ClusterConnection.Open(server.Kubeconfig, null);
        Assert.Equal("here", connection.Context);
    }

    /// <summary>As the variable KUBECONFIG names them: some may be missing, and the first that has the context is taken.</summary>
    [Fact]
    public void Of_several_files_the_one_with_the_context_is_taken()
    {
        using var folder = new TemporaryFolder();
        folder.Write("other", """
            clusters: [{ name: there, cluster: { server: "http://192.0.2.1" } }]
            contexts: [{ name: there, context: { cluster: there, user: u } }]
            users: [{ name: u, user: { token: t } }]
            """);
        var files = $"/nowhere:{folder.Root}/other:{server.Kubeconfig}";
        using var current = ClusterConnection.Open(files, null);
        using var chosen = ClusterConnection.Open(files, "there");
        Assert.Equal(("here", server.Address, "there", "http://192.0.2.1"), (current.Context, current.Server, chosen.Context, chosen.Server));
        var wrong = Assert.Throws<CommandException>(() => ClusterConnection.Open(files, "kind"));
        Assert.EndsWith("there are: also-here, here, there", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_given_up_in_time()
    {
        server.IsSilent = true;
        var watch = Stopwatch.StartNew();
        Assert.Equal((1, $"the cluster of context also-here ({server.Address}) does not answer within 0.3 s"), await RefusedAsync());
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("config", """
            clusters: [{ name: a, cluster: { server: "http://127.0.0.1:1" } }]
            contexts: [{ name: also-here, context: { cluster: a, user: u } }]
            users: [{ name: u, user: { token: t } }]
            """);
        Assert.Equal((1, "the cluster of context also-here (http://127.0.0.1:1) cannot be reached: Connection refused"), await RefusedAsync(Path.Combine(folder.Root, "config"), seconds: 30));
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_servers_words()
    {
        server.Refusing("/api/v1/namespaces/shop");
        Assert.Equal((1, $"the cluster of context also-here ({server.Address}) refuses: somebody cannot do this"), await RefusedAsync(seconds: 30));
    }

    private async Task<(int ExitCode, string Message)> RefusedAsync(string? kubeconfig = null, double seconds = 0.3)
    {
        using var connection = ClusterConnection.Open(kubeconfig ?? server.Kubeconfig, "also-here", TimeSpan.FromSeconds(seconds));
        var failure = await Assert.ThrowsAsync<CommandException>(() => connection.AskAsync((client, token) => client.CoreV1.ReadNamespaceAsync("shop", cancellationToken: token)));
        return (failure.ExitCode, failure.Message);
    }
}
