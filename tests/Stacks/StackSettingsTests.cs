using Pulumi;
using Stacks.Settings;
using Xunit;

namespace Tests.Stacks;

public sealed class StackSettingsTests
{
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { """[{ "name": "db", "replicas": 0 }]""", "mysql[0].replicas", "0: a MySQL cluster has at least 1 server (its primary)" },
        { """[{ "name": "db", "replicas": -3 }]""", "mysql[0].replicas", "-3: a MySQL cluster has at least 1 server (its primary)" },
        { """[{ "name": "db", "replicas": "three" }]""", "mysql[0].replicas", "it takes a whole number, not the text \"three\"" },
        { """[{ "name": "db", "replicas": 2.5 }]""", "mysql[0].replicas", "it takes a whole number, not the number 2.5" },
        { """[{ "name": "db", "replicas": [3] }]""", "mysql[0].replicas", "it takes a whole number, not a list" },
        { """[{ "name": "db", "storag": "10G" }]""", "mysql[0].storag", "no such setting; did you mean \"storage\"?  (storage takes a quantity such as 10Gi)" },
        { """[{ "replicas": 3 }]""", "mysql[0].name", "it is missing; it takes a DNS label such as shop-db" },
        { """[{ "name": 7 }]""", "mysql[0].name", "it takes a DNS label such as shop-db, not the number 7" },
        { """[{ "name": "My_Db" }]""", "mysql[0].name", "\"My_Db\" is not a DNS label: at most 63 lower-case letters, digits and hyphens, starting with a letter and ending with a letter or digit" },
        {
            """[{ "name": "a-name-that-has-fifty-one-characters-and-not-one-less" }]""", "mysql[0].name",
            "\"a-name-that-has-fifty-one-characters-and-not-one-less\" has 53 characters; with ordinals up to \"-2\" at most 50 fit (a StatefulSet has 52 for both)"
        },
        { """[{ "name": "db", "namespace": "Shop" }]""", "mysql[0].namespace", "\"Shop\" is not a DNS label: at most 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit" },
        { """[{ "name": "db", "storage": "10 GB" }]""", "mysql[0].storage", "\"10 GB\" is not a quantity above zero such as 10Gi" },
        { """[{ "name": "db", "storage": "0Gi" }]""", "mysql[0].storage", "\"0Gi\" is not a quantity above zero such as 10Gi" },
        { """[{ "name": "db", "storage": 10 }]""", "mysql[0].storage", "it takes a quantity such as 10Gi, not the number 10" },
        { """[{ "name": "db", "profile": "mysql-4.1" }]""", "mysql[0].profile", "\"mysql-4.1\" is not known here; it takes one of mysql-5.7, mysql-8.4, mysql-9.7" },
        { """[{ "name": "db", "pullPolicy": "Sometimes" }]""", "mysql[0].pullPolicy", "\"Sometimes\" is not known here; it takes one of Always, IfNotPresent, Never" },
        { """[{ "name": "db", "images": "mysql:5.7" }]""", "mysql[0].images", "it takes a section, not the text \"mysql:5.7\"" },
        { """[{ "name": "db", "images": { "servr": "mysql:5.7" } }]""", "mysql[0].images.servr", "no such setting; did you mean \"server\"?  (server takes an image such as mysql:8.4)" },
        { """[{ "name": "db", "images": { "server": "my sql" } }]""", "mysql[0].images.server", "\"my sql\" is not the name of an image such as mysql:8.4 or registry.example/team/mysql:8.4" },
        { """[{ "name": "db", "createNamespace": "yes" }]""", "mysql[0].createNamespace", "it takes true or false, not the text \"yes\"" },
        { """[{ "name": "db", "maxLagSeconds": -1 }]""", "mysql[0].maxLagSeconds", "-1: it is a time in seconds, at least 1, or 0 for no limit" },
        { """[{ "name": "db", "options": { "server-id": 3 } }]""", "mysql[0].options.server-id", "the cluster sets this option itself, by the ordinal and the role of each server" },
        { """[{ "name": "db", "options": { "max_connections": "5\nlog_bin=0" } }]""", "mysql[0].options.max_connections", "its value has more than one line, or a control character" },
        { """[{ "name": "db", "options": { "loose-gtid-mode": "OFF" } }]""", "mysql[0].options.loose-gtid-mode", "the cluster sets this option itself, by the ordinal and the role of each server" },
        { """[{ "name": "db", "durability": "sync" }]""", "mysql[0].durability", "\"sync\" is not known here; it takes one of async, semi-sync" },
        { """[{ "name": "db", "profile": "mysql-5.7", "durability": "semi-sync" }]""", "mysql[0].durability", "mysql-5.7 does not offer semi-sync; mysql-8.4 and mysql-9.7 do" },
        {
            """[{ "name": "db", "profile": "mysql-9.7", "images": { "xtrabackup": "a:1" } }]""", "mysql[0].images.xtrabackup",
            "mysql-9.7 has no use for it: its server seeds others by itself; only mysql-5.7 takes it"
        },
        { """[{ "name": "db", "profile": "mysql-5.6", "durability": "semi-sync", "images": { "xtrabackup": "a:1" } }]""", "mysql[0].profile", "\"mysql-5.6\" is not known here; it takes one of mysql-5.7, mysql-8.4, mysql-9.7" },
        { """[{ "name": "db", "write": true }]""", "mysql[0].write", "it takes a section, not true" },
        { """[{ "name": "db", "write": { "type": "loadbalancer" } }]""", "mysql[0].write.type", "\"loadbalancer\" is not known here; it takes one of ClusterIP, NodePort, LoadBalancer" },
        { """[{ "name": "db", "read": { "typ": "NodePort" } }]""", "mysql[0].read.typ", "no such setting; did you mean \"type\"?  (type takes one of ClusterIP, NodePort, LoadBalancer)" },
        { """[{ "name": "db", "read": { "annotations": ["a"] } }]""", "mysql[0].read.annotations", "it takes a section of annotations, not a list" },
        { """[{ "name": "db", "read": { "annotations": { "a": 1.5 } } }]""", "mysql[0].read.annotations", "it takes a text in quotes for a, not the number 1.5" },
        {
            """[{ "name": "db", "write": { "annotations": { "-a": "b" } } }]""", "mysql[0].write.annotations.-a",
            "\"-a\" is not the key of an annotation: a name of at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit, and before it, if anything, a DNS name and '/', such as example.com/owner"
        },
        {
            """[{ "name": "db", "write": { "annotations": { "pulumi.com/skipAwait": "false" } } }]""", "mysql[0].write.annotations.pulumi.com/skipAwait",
            "annotations of pulumi.com are the component's own; they say how to wait for its objects and how to delete them"
        },
        { """[{ "name": "db", "resources": { "cpus": "2" } }]""", "mysql[0].resources.cpus", "no such setting; did you mean \"cpu\"?  (cpu takes a quantity such as 500m)" },
        { """[{ "name": "db", "resources": { "gpu-of-some-kind": 1 } }]""", "mysql[0].resources.gpu-of-some-kind", "no such setting; there are cpu, memory" },
        { """[{ "name": "db", "creatNamspac": true }]""", "mysql[0].creatNamspac", "no such setting; did you mean \"createNamespace\"?  (createNamespace takes true or false)" },
        { """[{ "name": "db", "replica": 3 }]""", "mysql[0].replica", "no such setting; did you mean \"replicas\"?  (replicas takes a whole number)" },
        { """[{ "name": "db", "pullPolicies": "Never" }]""", "mysql[0].pullPolicies", "no such setting; did you mean \"pullPolicy\"?  (pullPolicy takes one of Always, IfNotPresent, Never)" },
        { """[{ "name": "db", "option": {} }]""", "mysql[0].option", "no such setting; did you mean \"options\"?  (options takes a section of options such as innodb_buffer_pool_size: 256M)" },
        { """[{ "name": "db", "image": {} }]""", "mysql[0].image", "no such setting; did you mean \"images\"?  (images takes a section)" },
        {
            """[{ "name": "db", "read": { "annotation": {} } }]""", "mysql[0].read.annotation",
            "no such setting; did you mean \"annotations\"?  (annotations takes a section of annotations such as example.com/owner: shop)"
        },
        { """[{ "name": "db", "network": "off" }]""", "mysql[0].network", "it takes a section, not the text \"off\"" },
        { """[{ "name": "db", "network": { "policy": "off" } }]""", "mysql[0].network.policy", "it takes true or false, not the text \"off\"" },
        { """[{ "name": "db", "network": { "from": "shop" } }]""", "mysql[0].network.from", "it takes a list of peers, such as namespace: shop, not the text \"shop\"" },
        { """[{ "name": "db", "network": { "from": ["shop"] } }]""", "mysql[0].network.from[0]", "it takes a section, not the text \"shop\"" },
        { """[{ "name": "db", "network": { "from": [{ "namespace": "a" }, {}] } }]""", "mysql[0].network.from[1]", "it says nobody; it takes a namespace, labels, both, or a cidr" },
        { """[{ "name": "db", "network": { "from": [{ "namespce": "a", "cidr": "10.0.0.0/8" }] } }]""", "mysql[0].network.from[0].namespce", "no such setting; did you mean \"namespace\"?  (namespace takes a namespace, or * for every one)" },
        { """[{ "name": "db", "network": { "from": [{ "cidr": "10" }] } }]""", "mysql[0].network.from[0].cidr", "\"10\" is not a range of addresses such as 10.0.0.0/8" },
        { """[{ "name": "db", "network": { "from": [{ "labels": { "app": "a b" } }] } }]""", "mysql[0].network.from[0].labels.app", "\"a b\" is not the value of a label: at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit" },
        { """[{ "name": "db", "disruptionBudget": 1 }]""", "mysql[0].disruptionBudget", "it takes true or false, not the number 1" },
        { """[{ "name": "db", "size": "big" }]""", "mysql[0].size", "\"big\" is not known here; it takes one of small, medium, large" },
        { """[{ "name": "db", "spread": "off" }]""", "mysql[0].spread", "\"off\" is not known here; it takes one of soft, hard" },
        { """[{ "name": "db", "limits": { "memry": "1Gi" } }]""", "mysql[0].limits.memry", "no such setting; did you mean \"memory\"?  (memory takes a quantity such as 2Gi)" },
        { """[{ "name": "db", "size": "small", "limits": { "memory": "1Gi" } }]""", "mysql[0].limits.memory", "1Gi is less than the 2Gi that the server asks for (resources.memory); a limit is at least as much" },
        {
            """[{ "name": "db", "limits": { "memory": "1Gi" }, "options": { "innodb_buffer_pool_size": "1G" } }]""", "mysql[0].limits.memory",
            "1Gi is too little for a buffer pool of 1G and the 512Mi that the server takes beside it, and would have it killed: at least 1536Mi, or a smaller options.innodb_buffer_pool_size"
        },
        { """[{ "name": "db", "options": ["a"] }]""", "mysql[0].options", "it takes a section of options, not a list" },
        { """[{ "name": "db", "options": { "a": {} } }]""", "mysql[0].options", "it takes a text or a number for a, not a section" },
        { """[{ "name": "db", "options": { "a": null } }]""", "mysql[0].options", "it takes a text or a number for a, not nothing" },
        { """[{ "name": "db", "options": { "a": true } }]""", "mysql[0].options", "it takes a text or a number for a, not true" },
        { """[{ "name": "db", "metrics": true }]""", "mysql[0].metrics", "it takes a section, not true" },
        { """[{ "name": "db", "metrics": { "image": "my exporter" } }]""", "mysql[0].metrics.image", "\"my exporter\" is not the name of an image such as mysqld-exporter:v0.19.0 or registry.example/team/mysqld-exporter:v0.19.0" },
        { """[{ "name": "db", "metrics": { "rules": "no" } }]""", "mysql[0].metrics.rules", "it takes true or false, not the text \"no\"" },
        { """[{ "name": "db", "metrics": { "podmonitor": false } }]""", "mysql[0].metrics.podmonitor", "no such setting; did you mean \"podMonitor\"?  (podMonitor takes true or false)" },
        { """[{ "name": "db", "metrics": { "labels": { "app": "x" } } }]""", "mysql[0].metrics.labels.app", "this label is the workload's own; its Services find its pods by it" },
        { """[{ "name": "db", "tls": {} }]""", "mysql[0].tls", "it takes secret, the name of a Secret with ca.crt, tls.crt and tls.key, or issuer, by which cert-manager makes one" },
        { """[{ "name": "db", "tls": { "secret": "a", "issuer": { "name": "b" } } }]""", "mysql[0].tls", "secret and issuer are two ways to the same certificate; say one of them" },
        { """[{ "name": "db", "tls": { "issuer": {} } }]""", "mysql[0].tls.issuer.name", "it is missing; it takes the name of an issuer of cert-manager" },
        { """[{ "name": "db", "tls": { "issuer": { "name": "a", "kind": "Isuer" } } }]""", "mysql[0].tls.issuer.kind", "\"Isuer\" is not known here; it takes one of Issuer, ClusterIssuer" },
        { """[{ "name": "db", "profile": "mysql-5.7", "tls": { "secret": "a" } }]""", "mysql[0].tls", "mysql-5.7 does not take certificates, as its server cannot take a new one without a restart; mysql-8.4 and mysql-9.7 do" },
        { """[{ "name": "db", "tls": { "secret": "a" }, "options": { "require_secure_transport": "OFF" } }]""", "mysql[0].options.require_secure_transport", "the setting tls.require decides this" },
        { """["db"]""", "mysql[0]", "it takes a section with the settings of one system, not the text \"db\"" },
        { """{ "name": "db" }""", "mysql", "it takes a list of systems, each a section of its own (mysql[0].name, mysql[0].replicas, ...)" },
        { "db", "mysql", "it takes a list of systems, each a section of its own (mysql[0].name, mysql[0].replicas, ...)" },
        { """[{ "name": "db" }, { "name": "db" }]""", "mysql[1].name", "\"db\" is already the name of mysql[0]; every system of a stack has a name of its own" },
        { """[{ "name": "db" }, { "name": "db-read" }]""", "mysql[1].name", "its Service \"db-read\" is already one of mysql[0] in namespace default; another name or namespace keeps them apart" },
        { """[{ "name": "db", "backup": { "store": { "claim": "b" } } }, { "name": "db-backup" }]""", "mysql[1].name", "its NetworkPolicy \"db-backup\" is already one of mysql[0] in namespace default; another name or namespace keeps them apart" },
        { """[{ "name": "db-restore" }, { "name": "db", "restore": { "store": { "claim": "b" }, "backup": "latest" } }]""", "mysql[1].name", "its NetworkPolicy \"db-restore\" is already one of mysql[0] in namespace default; another name or namespace keeps them apart" },
        { """[{ "name": "db", "backup": { "store": { "claim": "b" }, "archive": {} } }, { "name": "db-archive" }]""", "mysql[1].name", "its Service \"db-archive\" is already one of mysql[0] in namespace default; another name or namespace keeps them apart" },
        { """[{ "name": "db", "backup": { "store": { "claim": "data-db-0" } } }]""", "mysql[0].backup.store.claim", "\"data-db-0\" is the claim of one of the servers' own data; a store is a claim of its own" },
        { """[{ "name": "db", "restore": { "store": { "claim": "data-db-12" }, "backup": "latest" } }]""", "mysql[0].restore.store.claim", "\"data-db-12\" is the claim of one of the servers' own data; a store is a claim of its own" },
        { """[{ "name": "db" }, { "name": "db-write" }]""", "mysql[1].name", "its Service \"db-write\" is already one of mysql[0] in namespace default; another name or namespace keeps them apart" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_by_its_key_with_what_would_be_right(string mysql, string key, string sentence)
    {
        var problem = Assert.Single(ProblemsOf(("mysql", mysql)));
        Assert.Equal(key, problem.Key);
        Assert.Equal(sentence, problem.Sentence);
    }

    [Theory]
    [InlineData("""[{ "name": "db", "backup": { "store": { "claim": "b" } }, "network": { "policy": false } }, { "name": "db-backup" }]""")]
    [InlineData("""[{ "name": "db", "backup": { "store": { "claim": "b" } } }, { "name": "db-backup", "namespace": "other" }]""")]
    [InlineData("""[{ "name": "db", "backup": { "store": { "claim": "data-db2-0" } } }, { "name": "db2", "backup": { "store": { "claim": "data-db-x" } } }]""")]
    public void Names_that_only_look_alike_are_taken(string mysql) => Assert.Equal(2, Read(("mysql", mysql)).MySql.Count);

    [Fact]
    public void All_mistakes_come_together() => Assert.Equal(
        ["mysql[0].replicas", "mysql[0].storag", "mysql[1].name", "web[0].replicas", "web[0].colour", "webb"],
        ProblemsOf(
            ("mysql", """[{ "name": "db", "replicas": 0, "storag": "10G" }, { "replicas": 1 }]"""),
            ("web", """[{ "name": "shop", "replicas": 0, "colour": "red" }]"""),
            ("webb", "[]")).Select(problem => problem.Key));

    [Fact]
    public void The_message_lists_them_in_columns()
    {
        var refused = Assert.Throws<SettingsException>(() => Read(("mysql", """[{ "name": "db", "replicas": 0, "storag": "10G" }]""")));
        Assert.Equal(
            """
            2 settings need a change
              mysql[0].replicas   0: a MySQL cluster has at least 1 server (its primary)
              mysql[0].storag     no such setting; did you mean "storage"?  (storage takes a quantity such as 10Gi)
            """,
            refused.Message);
    }

    [Fact]
    public void One_mistake_is_one() => Assert.Equal(
        "1 setting needs a change\n  mysql[0].name   it is missing; it takes a DNS label such as shop-db",
        Assert.Throws<SettingsException>(() => Read(("mysql", "[{}]"))).Message);

    /// <summary>What has no name is in nobody's way.</summary>
    [Fact]
    public void Systems_without_a_name_lack_a_name_and_nothing_else() => Assert.Equal(
        [
            new Problem("mysql[0].name", "it is missing; it takes a DNS label such as shop-db"),
            new Problem("mysql[1].name", "it is missing; it takes a DNS label such as shop-db"),
            new Problem("web[0].name", "it is missing; it takes a DNS label such as shop-pages"),
            new Problem("web[1].name", "it is missing; it takes a DNS label such as shop-pages"),
        ],
        ProblemsOf(("mysql", "[{}, {}]"), ("web", "[{}, {}]")));

    [Fact]
    public void A_web_systems_images_are_only_those_there_are() => Assert.Equal(
        [new Problem("web[0].images.xtrabackup", "no such setting; there are server")],
        ProblemsOf(("web", """[{ "name": "pages", "images": { "xtrabackup": "a:1" } }]""")));

    [Fact]
    public void Unknown_lists_come_in_order_with_what_was_meant() => Assert.Equal(
        [
            new Problem("mysq", "no such setting; did you mean \"mysql\"?  (mysql takes a list of systems)"),
            new Problem("postgres", "no such setting; there are mysql and web, a list of systems each"),
            new Problem("wep", "no such setting; did you mean \"web\"?  (web takes a list of systems)"),
        ],
        ProblemsOf(("wep", "[]"), ("mysq", "[]"), ("postgres", "[]")));

    [Theory]
    [InlineData("storag", "storage")]
    [InlineData("STORAGE", "storage")]
    [InlineData("creatNamspac", "createNamespace")]
    [InlineData("nome", "name")]
    [InlineData("zzzz", null)]
    [InlineData("nooe", null)]
    public void A_word_is_meant_that_is_near_for_its_length(string word, string? meant) =>
        Assert.Equal(meant, Suggestion.For(word, ["name", "storage", "createNamespace"]));

    [Fact]
    public void No_is_an_answer() =>
        Assert.False(Assert.Single(Read(("mysql", """[{ "name": "db", "createNamespace": false }]""")).MySql).Place.CreateNamespace);

    [Fact]
    public void A_system_of_each_kind_may_not_share_a_Service() => Assert.Equal(
        ["web[0].name"], ProblemsOf(("mysql", """[{ "name": "db" }]"""), ("web", """[{ "name": "pages", "service": "db" }]""")).Select(problem => problem.Key));

    [Fact]
    public void The_same_Service_in_another_namespace_is_another_Service() =>
        Assert.Equal(2, Read(("mysql", """[{ "name": "db" }, { "name": "db-read", "namespace": "other" }]""")).MySql.Count);

    [Fact]
    public void A_write_Service_that_is_not_made_takes_no_name() =>
        Assert.Equal(2, Read(("mysql", """[{ "name": "db", "profile": "mysql-5.7" }, { "name": "db-write", "profile": "mysql-5.7" }]""")).MySql.Count);

    [Fact]
    public void Annotations_that_are_too_many_are_refused()
    {
        var text = new string('x', 256 * 1024);
        var problem = Assert.Single(ProblemsOf(("mysql", $$$"""[{ "name": "db", "read": { "annotations": { "a": "{{{text}}}" } } }]""")));
        Assert.Equal(new Problem("mysql[0].read.annotations", "they have 262145 bytes together; Kubernetes takes 262144"), problem);
    }

    [Fact]
    public void A_stack_may_be_empty()
    {
        var settings = Read();
        Assert.Empty(settings.MySql);
        Assert.Empty(settings.Web);
    }

    [Fact]
    public void A_name_is_enough_and_leaves_all_else_to_the_component()
    {
        var mysql = Assert.Single(Read(("mysql", """[{ "name": "db" }]""")).MySql);
        Assert.Equal(("db", "default", false), (mysql.Name, mysql.Place.Namespace, mysql.Place.CreateNamespace));
        Assert.Equal(["Images", "Namespace"], Given(mysql.Args));
        Assert.Empty(Given(mysql.Args.Images!));
        var web = Assert.Single(Read(("web", """[{ "name": "pages" }]""")).Web);
        Assert.Equal("pages", web.Service);
        Assert.Equal(["Namespace"], Given(web.Args));
    }

    [Theory]
    [InlineData("Replicas", "replicas")]
    [InlineData("ServerOptions[max_connections]", "options.max_connections")]
    [InlineData("Write.Annotations[example.com/owner]", "write.annotations.example.com/owner")]
    [InlineData("Read.Annotations[two\nlines]", "read.annotations.two\nlines")]
    [InlineData("Images.Server", "images.server")]
    [InlineData("Image", "images.server")]
    [InlineData("ImagePullPolicy", "pullPolicy")]
    [InlineData("Cpu", "resources.cpu")]
    [InlineData("Memory", "resources.memory")]
    [InlineData("TimeoutMinutes", "timeoutMinutes")]
    public void An_argument_goes_by_a_key(string argument, string key) => Assert.Equal(key, SettingKey.Of(argument));

    [Fact]
    public void An_empty_section_makes_a_write_Service_where_the_profile_has_none() =>
        Assert.NotNull(Assert.Single(Read(("mysql", """[{ "name": "db", "profile": "mysql-5.7", "write": {} }]""")).MySql).Args.Write);

    private static IEnumerable<string> Given(ResourceArgs args) =>
        args.GetType().GetProperties().Where(property => property.GetValue(args) is not null).Select(property => property.Name).Order(StringComparer.Ordinal);

    private static StackSettings Read(params (string Key, string Value)[] config) => StackSettings.Read(config.ToDictionary(pair => pair.Key, pair => pair.Value));

    private static IReadOnlyList<Problem> ProblemsOf(params (string Key, string Value)[] config) => Assert.Throws<SettingsException>(() => Read(config)).Problems;
}
