using System.Text.Json.Nodes;
using Lab.Manifests;
using Xunit;

namespace Trials.Clusters;

/// <summary>
/// What a StatefulSet promises, written once. Each cluster that is to keep the promises derives a class; every test brings up a set of its
/// own from the program's manifests.
/// </summary>
public abstract class StatefulSetBehaviour : IAsyncLifetime
{
    private const string Container = "nginx";
    private const string Page = "/usr/share/nginx/html/index.html";

    private ICluster? cluster;

    /// <summary>The cluster of this test.</summary>
    protected ICluster Cluster => cluster ?? throw new InvalidOperationException("the test was skipped");

    public async Task InitializeAsync() => cluster = await StartAsync();

    public async Task DisposeAsync()
    {
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Order_each_pod_is_made_when_the_one_before_it_is_ready()
    {
        var pods = await UpAsync(3);
        Assert.All(pods.Zip(pods.Skip(1)), pair => Assert.True(
            pair.Second.CreatedAt >= pair.First.ReadyAt, $"{pair.Second.Name} was made before {pair.First.Name} was ready"));
    }

    [SkippableFact]
    public async Task Names_a_pods_host_name_is_its_own()
    {
        await UpAsync(2);
        Assert.Equal("web-0", await ReadAsync("web-0", "/etc/hostname"));
        Assert.Equal("web-1", await ReadAsync("web-1", "/etc/hostname"));
    }

    [SkippableFact]
    public async Task Records_every_pod_has_its_name_in_all_forms()
    {
        foreach (var pod in await UpAsync(2))
        {
            foreach (var form in RecordForms(Cluster.NamespaceName))
            {
                await Cluster.ResolvesAsync("web-0", Container, $"{pod.Name}.nginx{form}", [pod.Address]);
            }
        }
    }

    [SkippableFact]
    public async Task Records_the_Services_name_is_that_of_all_ready_pods()
    {
        var pods = await UpAsync(3);
        await Cluster.ResolvesAsync("web-0", Container, "nginx", pods.Select(pod => pod.Address));
    }

    [SkippableFact]
    public async Task Records_a_name_that_nobody_has_is_answered_with_nothing()
    {
        await UpAsync(1);
        Assert.Empty(await Cluster.ResolveAsync("web-0", Container, "web-1.nginx"));
    }

    [SkippableFact]
    public async Task Claims_a_deleted_pod_comes_back_with_its_name_its_record_and_its_data()
    {
        var before = (await UpAsync(2, storage: true)).Single(pod => pod.Name == "web-1");
        await WriteAsync("web-1", "kept over a deletion");
        await Cluster.DeletePodsAsync(["web-1"]);
        await Cluster.PodsAsync(pods => pods.All(pod => pod.Uid != before.Uid), "web-1 to be gone");

        var after = (await Cluster.ReadyAsync("web", 2)).Single(pod => pod.Name == "web-1");
        Assert.Equal("kept over a deletion", await ReadAsync("web-1", Page));
        Assert.Equal(["www-web-0", "www-web-1"], await Cluster.ClaimsAsync());
        await Cluster.ResolvesAsync("web-0", Container, "web-1.nginx", [after.Address]);
    }

    [SkippableFact]
    public async Task Claims_every_pod_has_a_volume_of_its_own()
    {
        await UpAsync(2, storage: true);
        await WriteAsync("web-0", "of web-0");
        await WriteAsync("web-1", "of web-1");
        Assert.Equal("of web-0", await ReadAsync("web-0", Page));
        Assert.Equal("of web-1", await ReadAsync("web-1", Page));
    }

    [SkippableFact]
    public async Task Order_pods_that_are_all_deleted_at_once_come_back_in_order()
    {
        var before = await UpAsync(3);
        await Cluster.DeletePodsAsync([.. before.Select(pod => pod.Name)], kill: true);
        await Cluster.PodsAsync(pods => pods.All(pod => before.All(old => old.Uid != pod.Uid)), "all pods to be gone");

        var after = await Cluster.ReadyAsync("web", 3);
        Assert.All(after.Zip(after.Skip(1)), pair => Assert.True(
            pair.Second.CreatedAt >= pair.First.ReadyAt, $"{pair.Second.Name} was made before {pair.First.Name} was ready"));
    }

    [SkippableFact]
    public async Task Security_a_pod_runs_as_its_user_without_rights_and_its_system_calls_are_filtered()
    {
        await UpAsync(1, storage: true);
        var status = (await ReadAsync("web-0", "/proc/self/status")).Split('\n').Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal("101\t101\t101\t101", status["Uid"]);
        Assert.Equal("101\t101\t101\t101", status["Gid"]);
        Assert.Contains("101", status["Groups"].Split(' '));
        Assert.All((string[])["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"], rights => Assert.Equal("0000000000000000", status[rights]));
        Assert.Equal(("1", "2"), (status["NoNewPrivs"], status["Seccomp"]));
    }

    [SkippableFact]
    public async Task Security_a_probe_runs_as_its_container_does()
    {
        const string Who = "grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs)' /proc/self/status; umask; pwd; env | grep -v '^_=' | sort; cut -d: -f2- /proc/self/cgroup";
        var manifests = await ManifestsAsync(1, storage: false, "IfNotPresent");
        var container = PodOf(manifests)["containers"]![0]!;
        container["env"] = new JsonArray(new JsonObject { ["name"] = "GREETING", ["value"] = "a = b\n c" });
        container["readinessProbe"] = new JsonObject
        {
            ["exec"] = new JsonObject { ["command"] = new JsonArray("sh", "-c", $"({Who}) >/tmp/new && mv /tmp/new /tmp/probe") },
            ["periodSeconds"] = 1,
        };
        await Cluster.ApplyAsync(manifests);
        await Cluster.ReadyAsync("web", 1);
        Assert.Equal(await RunAsync("web-0", Who), await RunAsync("web-0", "cat /tmp/probe"));
    }

    [SkippableFact]
    public async Task Security_a_pod_cannot_write_its_image_s_files_and_can_write_its_volumes()
    {
        await UpAsync(1, storage: true);
        foreach (var (folder, open) in ((string, bool)[])[("/", false), ("/etc", false), ("/var", false), ("/tmp", true), ("/run", true), ("/var/cache/nginx", true), ("/usr/share/nginx/html", true)])
        {
            var (exitCode, output) = await Cluster.ExecAsync("web-0", Container, "sh", "-c", $"touch {folder}/written 2>&1");
            Assert.Equal((open, !open), (exitCode == 0, output.Contains("Read-only file system", StringComparison.Ordinal)));
        }
    }

    [SkippableFact]
    public async Task Security_a_volume_is_of_the_pod_s_group_and_so_is_what_is_made_in_it()
    {
        await UpAsync(1);
        Assert.Equal("101 2777", await RunAsync("web-0", "stat -c '%g %a' /tmp"));
        Assert.Equal("101 101", await RunAsync("web-0", "mkdir /tmp/made && stat -c '%u %g' /tmp/made"));
    }

    [SkippableFact]
    public async Task Security_an_image_that_would_run_as_root_is_refused()
    {
        var manifests = await ManifestsAsync(1, storage: false, "IfNotPresent");
        var context = PodOf(manifests)["securityContext"]!.AsObject();
        context.Remove("runAsUser");
        await Cluster.ApplyAsync(manifests);
        await Cluster.PodsAsync(
            pods => pods.Any(pod => pod.Reason.Contains("CreateContainerConfigError", StringComparison.Ordinal) && pod.Reason.Contains("container has runAsNonRoot and image will run as root", StringComparison.Ordinal)),
            "web-0 to be refused");
    }

    [SkippableFact]
    public async Task Readiness_a_pod_that_fails_its_probe_leaves_the_Service_and_returns()
    {
        var pods = await UpAsync(2, page: true);
        var stays = pods.Single(pod => pod.Name == "web-0").Address;
        await Cluster.ExecAsync("web-1", Container, "mv", Page, $"{Page}.away");
        await Cluster.PodsAsync(now => now.Any(pod => pod.Name == "web-1" && !pod.Ready), "web-1 to be unready", 30);
        await Cluster.ResolvesAsync("web-0", Container, "nginx", [stays]);

        await Cluster.ExecAsync("web-1", Container, "mv", $"{Page}.away", Page);
        await Cluster.ReadyAsync("web", 2, 60);
        await Cluster.ResolvesAsync("web-0", Container, "nginx", pods.Select(pod => pod.Address));
    }

    [SkippableFact]
    public async Task Restart_a_container_that_fails_its_liveness_probe_is_restarted_in_the_same_pod()
    {
        var before = (await UpAsync(1, page: true)).Single();
        await Cluster.ExecAsync("web-0", Container, "mv", Page, $"{Page}.away");
        var after = (await Cluster.PodsAsync(now => now.Any(pod => pod.Restarts > 0), "a restart", 90)).Single();
        Assert.Equal(before.Uid, after.Uid);
        await Cluster.ExecAsync("web-0", Container, "mv", $"{Page}.away", Page);
        await Cluster.ReadyAsync("web", 1, 60);
    }

    [SkippableFact]
    public async Task Scaling_up_is_in_order_and_down_keeps_the_claims()
    {
        await UpAsync(1, storage: true);
        var three = await UpAsync(3, storage: true);
        Assert.True(three[2].CreatedAt >= three[1].ReadyAt, "web-2 was made before web-1 was ready");
        await WriteAsync("web-2", "kept over scaling");

        await UpAsync(1, storage: true);
        Assert.Equal(["www-web-0", "www-web-1", "www-web-2"], await Cluster.ClaimsAsync());

        await UpAsync(3, storage: true);
        Assert.Equal("kept over scaling", await ReadAsync("web-2", Page));
    }

    [SkippableFact]
    public async Task Rolling_a_changed_template_goes_from_the_highest_ordinal_down()
    {
        var before = await UpAsync(2, pullPolicy: "IfNotPresent");
        await Cluster.ApplyAsync(await ManifestsAsync(2, storage: false, pullPolicy: "Never"));
        var after = await Cluster.PodsAsync(
            pods => pods.Count == 2 && pods.All(pod => pod.Ready && before.All(old => old.Uid != pod.Uid)), "two pods of the new template");
        Assert.True(after[0].CreatedAt >= after[1].ReadyAt, "web-0 was replaced before the new web-1 was ready");
    }

    /// <summary>A cluster of the test's own; skips the test with the reason when there can be none.</summary>
    protected abstract Task<ICluster> StartAsync();

    /// <summary>The image of the web server that the cluster can run.</summary>
    protected abstract Task<string> ImageAsync();

    /// <summary>
    /// What may follow a pod's name and Service. A form between the second and the last needs a name server that says "no such name" for every
    /// step of the search path, which not every small cluster's does.
    /// </summary>
    protected virtual IReadOnlyList<string> RecordForms(string place) => ["", $".{place}", $".{place}.svc.cluster.local"];

    /// <summary>Brings up web servers; with a page that can be moved away, where a test wants their probes to fail.</summary>
    private async Task<IReadOnlyList<PodView>> UpAsync(int replicas, bool storage = false, string pullPolicy = "IfNotPresent", bool page = false)
    {
        var manifests = await ManifestsAsync(replicas, storage, pullPolicy);
        if (page)
        {
            HavePage(PodOf(manifests));
        }

        await Cluster.ApplyAsync(manifests);
        return await Cluster.ReadyAsync("web", replicas);
    }

    /// <summary>The pod of the set among them.</summary>
    protected static JsonObject PodOf(IReadOnlyList<Manifest> manifests) =>
        manifests.Single(manifest => manifest.Kind == "StatefulSet").Body["spec"]!["template"]!["spec"]!.AsObject();

    /// <summary>Copies the image's pages, which cannot be written, to where they can.</summary>
    private static void HavePage(JsonObject pod)
    {
        var server = pod["containers"]![0]!.AsObject();
        var copy = server.DeepClone().AsObject();
        foreach (var field in (string[])["ports", "livenessProbe", "readinessProbe"])
        {
            copy.Remove(field);
        }

        copy["name"] = "pages";
        copy["command"] = new JsonArray("cp", "-r", $"{Path.GetDirectoryName(Page)}/.", "/pages");
        copy["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "writable", ["mountPath"] = "/pages", ["subPath"] = "pages" });
        server["volumeMounts"]!.AsArray().Add(new JsonObject { ["name"] = "writable", ["mountPath"] = Path.GetDirectoryName(Page), ["subPath"] = "pages" });
        pod["initContainers"] = new JsonArray(copy);
    }

    /// <summary>The objects of a web system.</summary>
    protected async Task<IReadOnlyList<Manifest>> ManifestsAsync(int replicas, bool storage, string pullPolicy)
    {
        var settings = new Dictionary<string, object>
        {
            ["name"] = "web",
            ["service"] = "nginx",
            ["namespace"] = Cluster.NamespaceName,
            ["replicas"] = replicas,
            ["pullPolicy"] = pullPolicy,
            ["images"] = new Dictionary<string, object> { ["server"] = await ImageAsync() },
        };
        if (storage)
        {
            settings["storage"] = "64Mi";
        }

        return await Stack.WebAsync(settings);
    }

    private async Task<string> ReadAsync(string pod, string path)
    {
        var (exitCode, output) = await Cluster.ExecAsync(pod, Container, "cat", path);
        Assert.Equal(0, exitCode);
        return output.TrimEnd('\n');
    }

    /// <summary>What a shell's line says that ends well.</summary>
    protected async Task<string> RunAsync(string pod, string line)
    {
        var (exitCode, output) = await Cluster.ExecAsync(pod, Container, "sh", "-c", line);
        Assert.Equal(0, exitCode);
        return output.TrimEnd('\n');
    }

    private async Task WriteAsync(string pod, string text)
    {
        var (exitCode, _) = await Cluster.ExecAsync(pod, Container, "sh", "-c", $"echo '{text}' > {Page}.new && mv {Page}.new {Page}");
        Assert.Equal(0, exitCode);
    }
}
