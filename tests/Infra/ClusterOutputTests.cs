using Infra.MySql;
using Infra.MySql.Profiles;
using Infra.Web;
using Infra.Workloads;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Infra;

/// <summary>What components tell of themselves, for programs that use them.</summary>
[Collection("deployment")]
public sealed class ClusterOutputTests
{
    [Fact]
    public async Task A_MySQL_cluster_tells_writers_and_readers_where_to_connect_and_as_whom() => Json.Equal(
        """
        {
          "writer": { "host": "db-write.shop.svc", "port": 3306 }, "reader": { "host": "db-read.shop.svc", "port": 3306 },
          "podHosts": ["db-0.db.shop.svc", "db-1.db.shop.svc"], "secretName": "db-credentials", "serverImage": "mysql:8.4",
          "adminUser": "root", "adminPassword": "password of db-root",
          "passwords": {
            "root": "password of db-root", "replication": "password of db-replication", "health": "password of db-health", "backup": "password of db-backup"
          }
        }
        """,
        await OutputsAsync(() => new MySqlCluster("db", new MySqlClusterArgs { Replicas = 2, Namespace = "shop" })));

    [Fact]
    public async Task Hosts_end_with_the_clusters_domain_where_it_is_given()
    {
        var outputs = await OutputsAsync(() => new MySqlCluster("db", new MySqlClusterArgs { Name = "shop", Replicas = 1, Domain = "lab.example", Profile = MySqlProfiles.MySql57 }));
        Json.Equal("""{ "host": "shop-0.shop.default.svc.lab.example", "port": 3306 }""", outputs["writer"]);
        Json.Equal("""{ "host": "shop-read.default.svc.lab.example", "port": 3306 }""", outputs["reader"]);
        Json.Equal("""["shop-0.shop.default.svc.lab.example"]""", outputs["podHosts"]);
        Assert.Equal("gcr.io/google-samples/xtrabackup:1.0", outputs["xtrabackupImage"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_existing_Secret_is_used_and_never_read()
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("db", new MySqlClusterArgs { ExistingSecret = "my.passwords" }); });
        Assert.Empty(engine.All("Secret"));
        Assert.Empty(engine.All("RandomPassword"));
        var pod = engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!;
        Assert.Equal("my.passwords", Json.Item(pod["volumes"], "credentials")["secret"]!["secretName"]!.GetValue<string>());
        var outputs = await OutputsAsync(() => new MySqlCluster("db", new MySqlClusterArgs { ExistingSecret = "my.passwords" }));
        Assert.Equal("my.passwords", outputs["secretName"]!.GetValue<string>());
        Assert.Null(outputs["adminPassword"]);
        Json.Equal("{}", outputs["passwords"]);
    }

    /// <summary>Who connects to a Service waits for it.</summary>
    [Fact]
    public async Task Where_to_connect_comes_from_the_Service_that_leads_there()
    {
        MySqlCluster? cluster = null;
        await new Engine().RunAsync(() => { cluster = new MySqlCluster("db", new MySqlClusterArgs()); });
        Assert.Contains(cluster!.WriteService!, await OutputUtilities.GetDependenciesAsync(cluster.Writer));
        Assert.Contains(cluster.ReadService, await OutputUtilities.GetDependenciesAsync(cluster.Reader));
    }

    [Fact]
    public async Task A_web_cluster_tells_readers_where_to_connect() => Json.Equal(
        """
        {
          "reader": { "host": "nginx.shop.svc.lab.example", "port": 80 }, "podHosts": ["pages-0.nginx.shop.svc.lab.example"], "image": "nginx:1.28"
        }
        """,
        await OutputsAsync(() => new WebCluster("pages", new WebClusterArgs { Replicas = 1, Namespace = "shop", Service = "nginx", Domain = "lab.example" })));

    [Fact]
    public async Task A_workload_tells_its_Service_its_pods_and_how_to_find_them()
    {
        var args = SmallWorkload.Args();
        (args.Replicas, args.Service, args.Application, args.Component) = (2, "peers", "etcd", "member");
        Json.Equal(
            """
            {
              "serviceName": "peers", "podHosts": ["db-0.peers.default.svc", "db-1.peers.default.svc"],
              "selector": { "app": "peers", "app.kubernetes.io/name": "etcd", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "member" }
            }
            """,
            await OutputsAsync(() => new OrderedWorkload("db", args)));
    }

    [Fact]
    public async Task What_a_component_made_is_there_to_be_used()
    {
        MySqlCluster? cluster = null;
        MySqlCluster? old = null;
        WebCluster? web = null;
        await new Engine().RunAsync(() =>
        {
            cluster = new MySqlCluster("db", new MySqlClusterArgs());
            old = new MySqlCluster("old", new MySqlClusterArgs { Profile = MySqlProfiles.MySql57, ExistingSecret = "there" });
            web = new WebCluster("pages", new WebClusterArgs());
        });
        Assert.Equal(
            ["db-headless", "db", "db-config", "db-credentials", "db-read", "db-write"],
            new Resource?[] { cluster!.Workload.Service, cluster.Workload.StatefulSet, cluster.ConfigMap, cluster.Secret, cluster.ReadService, cluster.WriteService }
                .Select(child => child!.GetResourceName()));
        Assert.Null(old!.WriteService);
        Assert.Null(old.Secret);
        Assert.Equal("pages", web!.Workload.StatefulSet.GetResourceName());
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> OutputsAsync(Func<ComponentResource> make)
    {
        var engine = new Engine();
        Resource? made = null;
        await engine.RunAsync(() => { made = make(); });
        return Assert.Single((await engine.GraphAsync()).Nodes, node => node.Recorded.Resource == made).Outputs.Values;
    }
}
