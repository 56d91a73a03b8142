using Xunit;

namespace Tests.Infra;

/// <summary>How api.sh speaks to an API server, and json.sh reads what it says.</summary>
public sealed class ApiScriptTests
{
    private const string Ask = "api GET /api/v1/namespaces/shop/persistentvolumeclaims/one && echo \"${ANSWER[metadata/name]}\" || echo \"$STATUS $REASON\"; rm -rf \"$API_WORK\"";

    [Fact]
    public async Task An_answer_that_came_whole_is_read()
    {
        await using var server = new ApiServer();
        server.Add($"{ApiServer.Claims}/one", """{ "metadata": { "name": "one" } }""");
        Assert.Equal("one\n", (await AskAsync(server)).Output);
        Assert.Equal([$"GET {ApiServer.Claims}/one"], server.Requests);
    }

    [Theory]
    [InlineData("10.96.0.1", "10.96.0.1:443")]
    [InlineData("fd00:10:96::1", "[fd00:10:96::1]:443")]
    public async Task An_address_is_written_as_its_family_has_it(string host, string server)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.Environment["KUBERNETES_SERVICE_HOST"] = host;
        pod.Environment["KUBERNETES_SERVICE_PORT"] = "443";
        Assert.Equal($"{server}\n", (await pod.CallAsync("lib.sh api.sh", "echo \"$API_SERVER\"; end_api")).Output);
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_the_servers_words()
    {
        await using var server = new ApiServer();
        Assert.Equal("404 404: one not found\n", (await AskAsync(server)).Output);
    }

    /// <summary>Whoever listens there gets no token.</summary>
    [Fact]
    public async Task A_server_with_another_name_is_told_nothing()
    {
        await using var server = new ApiServer("somebody.else.svc");
        server.Add($"{ApiServer.Claims}/one", """{ "metadata": { "name": "one" } }""");
        Assert.StartsWith("0 no whole answer came from the API server: ", (await AskAsync(server)).Output, StringComparison.Ordinal);
        Assert.All(server.Requests, request => Assert.Equal("a connection that came to nothing", request));
    }

    [Fact]
    public async Task A_server_of_another_authority_is_told_nothing()
    {
        await using var server = new ApiServer();
        await using var other = new ApiServer();
        using var pod = new ScriptPod("mysql-8.4", 0);
        other.ServeTo(pod);
        var authority = pod.Read("account/ca.crt");
        server.ServeTo(pod);
        pod.Write("account/ca.crt", authority);
        Assert.StartsWith("0 no whole answer came from the API server: ", (await pod.CallAsync("lib.sh api.sh", Ask)).Output, StringComparison.Ordinal);
        Assert.All(server.Requests, request => Assert.Equal("a connection that came to nothing", request));
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_no_answer_and_is_tried_again()
    {
        await using var server = new ApiServer();
        server.Add($"{ApiServer.Claims}/one", """{ "metadata": { "name": "one" } }""");
        server.Refuse("GET", 0, times: 3);
        Assert.Equal("one\n", (await AskAsync(server)).Output);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task The_token_is_on_no_command_line()
    {
        await using var server = new ApiServer();
        using var pod = new ScriptPod("mysql-8.4", 0);
        server.ServeTo(pod);
        pod.Says("openssl", string.Empty);
        await pod.CallAsync("lib.sh api.sh", "API_TRIES=1; " + Ask);
        Assert.Contains("-verify_return_error -verify_hostname kubernetes.default.svc", Assert.Single(pod.CallsOf("openssl")), StringComparison.Ordinal);
        Assert.DoesNotContain("a token", pod.Read("programs/calls"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a": {"b/c": "x\n\"y\\z\u003c", "d": [1, {"e": true}, []], "f": {}}, "g": null, "h": "", "i": [{"n": "{"}, {"n": "]"}]}""", "a/b/c\tx\\n\\\"y\\\\z\\u003c\na/d/0\t1\na/d/1/e\ttrue\nh\t\ni/0/n\t{\ni/1/n\t]\nwhole\n")]
    [InlineData("""{"a": {"b": 1}""", "a/b\t1\ncut\n")]
    [InlineData("", "cut\n")]
    public async Task A_document_becomes_its_fields(string document, string fields)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.Write("document", document);
        Assert.Equal(fields, (await pod.CallAsync("lib.sh json.sh", $"json_fields <'{pod.Path("document")}' && echo whole || echo cut")).Output);
    }

    [Fact]
    public async Task A_text_is_the_same_when_it_was_written_and_read()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        var run = await pod.CallAsync("lib.sh json.sh", """text=$'a "b" \\c\n\td\\n e%s &'; written=$(json_string "$text"); echo "$written"; [[ $(json_text "${written:1:-1}") == "$text" ]] && echo same""");
        Assert.Equal("\"a \\\"b\\\" \\\\c\\n\\td\\\\n e%s &\"\nsame\n", run.Output);
    }

    private static async Task<ScriptRun> AskAsync(ApiServer server)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        server.ServeTo(pod);
        return await pod.CallAsync("lib.sh api.sh", Ask);
    }
}
