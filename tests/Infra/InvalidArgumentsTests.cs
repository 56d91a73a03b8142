using Infra.Arguments;
using Infra.MySql;
using Infra.Web;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Infra;

/// <summary>Every argument that can be wrong: the sentence says which and what would be right, and nothing has been registered.</summary>
[Collection("deployment")]
public sealed class InvalidArgumentsTests
{
    private const string NotALabel = "is not a DNS label: at most 63 lower-case letters, digits and hyphens, starting with a letter and ending with a letter or digit";

    private static readonly string Long = new('n', 51);

    private static readonly string Digest = new('0', 64);

    private static readonly (Action<MySqlClusterArgs> Break, string Problem)[] MySqlBreaks =
    [
        (args => args.Replicas = 0, "Replicas: 0: a MySQL cluster has at least 1 server (its primary)"),
        (args => args.Name = "Shop", $"Name: \"Shop\" {NotALabel}"),
        (args => args.Name = Long, $"Name: \"{Long}\" has 51 characters; with ordinals up to \"-2\" at most 50 fit (a StatefulSet has 52 for both)"),
        (args => args.Namespace = "Shop", "Namespace: \"Shop\" is not a DNS label: at most 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit"),
        (args => args.Domain = "lab_example", "Domain: \"lab_example\" is not a DNS domain such as cluster.local"),
        (args => args.Profile = "mysql-4.1", "Profile: \"mysql-4.1\" is not known here; it takes one of mysql-5.7, mysql-8.4, mysql-9.7"),
        (args => args.Durability = "sync", "Durability: \"sync\" is not known here; it takes one of async, semi-sync"),
        (args => (args.Profile, args.Durability) = ("mysql-5.7", "semi-sync"), "Durability: mysql-5.7 does not offer semi-sync; mysql-8.4 and mysql-9.7 do"),
        (args => (args.Profile, args.Durability) = ("mysql-4.1", "semi-sync"), "Profile: \"mysql-4.1\" is not known here; it takes one of mysql-5.7, mysql-8.4, mysql-9.7"),
        (args => args.Read = new() { Type = "nodeport" }, "Read.Type: \"nodeport\" is not known here; it takes one of ClusterIP, NodePort, LoadBalancer"),
        (args => args.Write = new() { Type = "ExternalName" }, "Write.Type: \"ExternalName\" is not known here; it takes one of ClusterIP, NodePort, LoadBalancer"),
        (args => args.Read = new() { Annotations = new() { ["pulumi.com/x"] = "y" } }, "Read.Annotations[pulumi.com/x]: annotations of pulumi.com are the component's own; they say how to wait for its objects and how to delete them"),
        (args => args.Write = new() { Annotations = new() { ["a"] = new string('x', 262144) } }, "Write.Annotations: they have 262145 bytes together; Kubernetes takes 262144"),
        (args => args.Storage = Output.Create((string)null!), "Storage: it is null; leave it out to have the default"),
        (args => args.Images = new() { Server = "my sql" }, "Images.Server: \"my sql\" is not the name of an image such as mysql:8.4 or registry.example/team/mysql:8.4"),
        (args => args.Images = new() { Server = "mysql:8.4@sha256:0123" }, "Images.Server: \"mysql:8.4@sha256:0123\" has no whole digest behind its @: sha256: and 64 lower-case hexadecimal digits, as in mysql:8.4@sha256:..."),
        (args => args.Images = new() { Server = $"mysql@sha256:{Digest}@sha256:{Digest}" }, $"Images.Server: \"mysql@sha256:{Digest}@sha256:{Digest}\" has no whole digest behind its @: sha256: and 64 lower-case hexadecimal digits, as in mysql:8.4@sha256:..."),
        (args => args.Images = new() { Xtrabackup = "tools:1" }, "Images.Xtrabackup: mysql-8.4 has no use for it: its server seeds others by itself; only mysql-5.7 takes it"),
        (args => (args.Profile, args.Images) = ("mysql-5.7", new() { Xtrabackup = "" }), "Images.Xtrabackup: \"\" is not the name of an image such as xtrabackup:2.4 or registry.example/team/xtrabackup:2.4"),
        (args => args.ImagePullPolicy = "Sometimes", "ImagePullPolicy: \"Sometimes\" is not known here; it takes one of Always, IfNotPresent, Never"),
        (args => args.Storage = "10 GB", "Storage: \"10 GB\" is not a quantity above zero such as 10Gi"),
        (args => args.StorageClass = "Fast", $"StorageClass: \"Fast\" is not the name of an object: at most 253 lower-case letters, digits, '-' and '.', starting and ending with a letter or digit"),
        (args => args.Cpu = "0", "Cpu: \"0\" is not a quantity above zero such as 500m"),
        (args => args.Memory = "much", "Memory: \"much\" is not a quantity above zero such as 1Gi"),
        (args => args.Size = "huge", "Size: \"huge\" is not known here; it takes one of small, medium, large"),
        (args => args.AccessMode = "ReadWriteMany", "AccessMode: \"ReadWriteMany\" is not known here; it takes one of ReadWriteOnce, ReadWriteOncePod"),
        (args => args.CpuLimit = "x", "CpuLimit: \"x\" is not a quantity above zero such as 2"),
        (args => args.MemoryLimit = "x", "MemoryLimit: \"x\" is not a quantity above zero such as 2Gi"),
        (args => args.CpuLimit = "499m", "CpuLimit: 499m is less than the 500m that the server asks for (resources.cpu); a limit is at least as much"),
        (args => (args.Size, args.CpuLimit) = ("large", "7.5"), "CpuLimit: 7.5 is less than the 8 that the server asks for (resources.cpu); a limit is at least as much"),
        (args => (args.Memory, args.MemoryLimit) = ("2G", "1.8Gi"), "MemoryLimit: 1.8Gi is less than the 2G that the server asks for (resources.memory); a limit is at least as much"),
        (args => (args.MemoryLimit, args.ServerOptions) = ("2Gi", new() { ["loose-innodb-buffer-pool-size"] = "2G" }), "MemoryLimit: 2Gi is too little for a buffer pool of 2G and the 512Mi that the server takes beside it, and would have it killed: at least 2560Mi, or a smaller options.innodb_buffer_pool_size"),
        (args => (args.Memory, args.MemoryLimit) = ("512Mi", "600Mi"), "MemoryLimit: 600Mi is too little for a buffer pool of 128M, the server's default, and the 512Mi that the server takes beside it, and would have it killed: at least 640Mi, or a smaller options.innodb_buffer_pool_size"),
        (args => (args.Pod, args.ServerOptions) = (new() { Containers = new() { ["mysql"] = new() { Resources = new ResourceRequirementsArgs { Limits = { ["memory"] = "1Gi" } } } } }, new() { ["innodb_buffer_pool_size"] = "1073741824" }), "Pod.Containers[mysql].Resources.Limits[memory]: 1Gi is too little for a buffer pool of 1073741824 and the 512Mi that the server takes beside it, and would have it killed: at least 1536Mi, or a smaller options.innodb_buffer_pool_size"),
        (args => args.ServerOptions = new() { ["innodb_buffer_pool_size"] = "2GB" }, "ServerOptions[innodb_buffer_pool_size]: \"2GB\" is not a size such as 512M or 2G"),
        (args => args.Pod = new() { Spread = "medium" }, "Pod.Spread: \"medium\" is not known here; it takes one of soft, hard"),
        (args => args.Pod = new() { Spread = "hard", TopologySpreadConstraints = [] }, "Pod.Spread: Pod.TopologySpreadConstraints says it, too; leave one of the two out"),
        (args => args.ServerOptions = new() { ["server-id"] = "7" }, "ServerOptions[server-id]: the cluster sets this option itself, by the ordinal and the role of each server"),
        (args => args.ServerOptions = new() { ["max_connections"] = "7\nskip-grant-tables" }, "ServerOptions[max_connections]: its value has more than one line, or a control character"),
        (args => (args.Profile, args.Backup) = ("mysql-5.7", new() { Store = new() { Claim = "kept" } }), "Backup: mysql-5.7 has no backups of this library, which are made by CLONE; mysql-8.4 and mysql-9.7 have"),
        (args => (args.Profile, args.Restore) = ("mysql-5.7", new() { Backup = "latest", Store = new() { Claim = "kept" } }), "Restore: mysql-5.7 has no backups of this library, which are made by CLONE; mysql-8.4 and mysql-9.7 have"),
        (args => (args.Name, args.Backup) = (Long[..45], new() { Store = new() { Claim = "kept" } }), $"Name: \"{Long[..45]}\" has 45 characters; with backup or restore at most 44 fit, for the names of Jobs"),
        (args => (args.Name, args.Backup) = (Long[..43], new() { Store = new() { Claim = "kept" }, Archive = new() }), $"Name: \"{Long[..43]}\" has 43 characters; with backup.archive at most 42 fit, for the name of its pod"),
        (args => args.Backup = new() { Store = new() { Claim = "kept" }, Archive = new() { Seconds = 9 } }, "Backup.Archive.Seconds: 9: it is a time in seconds from 10 to 3600"),
        (args => args.Backup = new() { Store = new() { Claim = "kept" }, Archive = new() { Seconds = 3601 } }, "Backup.Archive.Seconds: 3601: it is a time in seconds from 10 to 3600"),
        (args => args.Backup = new() { Store = new() { Claim = "kept" }, Archive = new() { Storage = "much" } }, "Backup.Archive.Storage: \"much\" is not a quantity above zero such as 10Gi"),
        (args => args.Backup = new() { Store = new() { Claim = "kept" }, Archive = new() { StorageClass = "a_b" } }, "Backup.Archive.StorageClass: \"a_b\" is not the name of an object: at most 253 lower-case letters, digits, '-' and '.', starting and ending with a letter or digit"),
        (args => args.Restore = new() { Backup = "latest", Until = "yesterday", Store = new() { Claim = "kept" } }, "Restore.Until: \"yesterday\" is neither a time in UTC, such as 2026-11-27T14:03:07Z, nor a transaction's identifier, such as 3e11fa47-71ca-11e1-9e33-c80aa9429562:23, nor latest"),
        (args => args.Backup = new() { Store = new() }, "Backup.Store: it names no place; one of claim, storage, remote or snapshotClass does"),
        (args => args.Backup = new() { Store = new() { Claim = "kept", Storage = "1Gi" } }, "Backup.Store: it names 2 places; one of claim, storage, remote or snapshotClass is right"),
        (args => args.Backup = new() { Store = new() { Claim = "kept", SnapshotClass = "csi" } }, "Backup.Store: it names 2 places; one of claim, storage, remote or snapshotClass is right"),
        (args => args.Backup = new() { Store = new() { SnapshotClass = "C S I" } }, "Backup.Store.SnapshotClass: \"C S I\" is not the name of an object: at most 253 lower-case letters, digits, '-' and '.', starting and ending with a letter or digit"),
        (args => args.Backup = new() { Store = new() { SnapshotClass = "csi" }, Archive = new() }, "Backup.Archive: it keeps files, for which a store of snapshots has no place; with store.claim, store.storage or store.remote there is one"),
        (args => args.Backup = new() { Store = new() { SnapshotClass = "csi" }, WorkStorage = "1Gi" }, "Backup.WorkStorage: a run that makes snapshots works on no volume of its own; the one that proves them is as large as what was cut"),
        (args => args.Backup = new() { Store = new() { SnapshotClass = "csi" }, WorkStorageClass = "cold" }, "Backup.WorkStorageClass: a run that makes snapshots works on no volume of its own; the one that proves them is of the class of what was cut"),
        (args => args.Restore = new() { Backup = "latest", Store = new() { SnapshotClass = "csi" } }, "Restore.Backup: of snapshots it is an id, such as 20261127T023000Z, as ./dev backup list shows them: the volume is made from it before anybody could see which one is the latest"),
        (args => args.Restore = new() { Backup = "20261127T023000Z", Until = "latest", Store = new() { SnapshotClass = "csi" } }, "Restore.Until: binary logs are not archived beside snapshots, so that there is the backup alone"),
        (args => args.Backup = new() { Store = new() { Remote = "shop:b" } }, "Backup.Store.Secret: a remote needs the Secret whose key rclone.conf says what it is"),
        (args => args.Backup = new() { Store = new() { Claim = "kept", Secret = "s" } }, "Backup.Store.Secret: only a remote needs a Secret"),
        (args => args.Backup = new() { Store = new() { Claim = "kept", Image = "a:1" } }, "Backup.Store.Image: only a remote needs rclone"),
        (args => args.Backup = new() { Store = new() { Claim = "kept", StorageClass = "cold" } }, "Backup.Store.StorageClass: it is for the claim that storage makes; a claim that is there has its own"),
        (args => args.Backup = new() { Store = new() { Remote = "bucket", Secret = "s" } }, "Backup.Store.Remote: \"bucket\" is not a remote of rclone and a path in it, such as shop:my-bucket/mysql"),
        (args => args.Backup = new() { Store = new() { Remote = ":s3,secret_access_key=abc:bucket", Secret = "s" } }, "Backup.Store.Remote: it has rclone's parameters after a comma, which logs and the pod's description would show; they belong into the Secret's rclone.conf, and here the name that they have there"),
        (args => args.Backup = new() { Store = new() { Remote = "shop,env_auth=true:bucket", Secret = "s" } }, "Backup.Store.Remote: it has rclone's parameters after a comma, which logs and the pod's description would show; they belong into the Secret's rclone.conf, and here the name that they have there"),
        (args => args.Backup = new() { Store = new() { Claim = "kept" }, Schedule = "daily" }, "Backup.Schedule: \"daily\" is not a schedule of cron with five fields such as 30 2 * * *"),
        (args => args.Backup = new() { Store = new() { Claim = "kept" }, TimeZone = "UTC+1:00" }, "Backup.TimeZone: \"UTC+1:00\" is not a time zone such as Europe/Berlin"),
        (args => args.Backup = new() { Store = new() { Claim = "kept" }, KeepCount = 0 }, "Backup.KeepCount: 0: at least 1 good backup is kept"),
        (args => args.Backup = new() { Store = new() { Claim = "kept" }, KeepDays = -1 }, "Backup.KeepDays: -1: it is a number of days, or 0 for no limit"),
        (args => args.Backup = new() { Store = new() { Claim = "kept" }, WorkStorage = "much" }, "Backup.WorkStorage: \"much\" is not a quantity above zero such as 10Gi"),
        (args => args.Restore = new() { Backup = "yesterday", Store = new() { Claim = "kept" } }, "Restore.Backup: \"yesterday\" is neither a backup's id, such as 20261127T023000Z, nor latest"),
        (args => args.Restore = new() { Backup = "latest", Store = new() { Storage = "1Gi" } }, "Restore.Store.Storage: a restore reads a store that is there; claim or remote names it"),
        (args => args.MaxLagSeconds = -1, "MaxLagSeconds: -1: it is a time in seconds, at least 1, or 0 for no limit"),
        (args => args.MaxAwaySeconds = -1, "MaxAwaySeconds: -1: it is a time in seconds, at least 1, or 0 for no limit"),
        (args => args.SeedTimeoutSeconds = 0, "SeedTimeoutSeconds: 0: it is a time in seconds, at least 1"),
        (args => args.SeedStallSeconds = 0, "SeedStallSeconds: 0: it is a time in seconds, at least 1"),
        (args => args.ProbeTimeoutSeconds = 0, "ProbeTimeoutSeconds: 0: it is a time in seconds, at least 1"),
        (args => args.StartupSeconds = 0, "StartupSeconds: 0: it is a time in seconds, at least 1"),
        (args => args.GracePeriodSeconds = -1, "GracePeriodSeconds: -1: it is a time in seconds, at least 1"),
        (args => args.TimeoutMinutes = 0, "TimeoutMinutes: 0: it is a time in minutes, at least 1"),
        (args => args.Update = new() { Primary = "never" }, "Update.Primary: \"never\" is not known here; it takes one of auto, manual"),
        (args => args.Update = new() { Partition = -1 }, "Update.Partition: -1: it is the lowest ordinal that follows a change, at least 0"),
        (args => args.Update = new() { MinReadySeconds = -1 }, "Update.MinReadySeconds: -1: it is a time in seconds, at least 0"),
        (args => args.ExistingSecret = "My Secret", "ExistingSecret: \"My Secret\" is not the name of an object: at most 253 lower-case letters, digits, '-' and '.', starting and ending with a letter or digit"),
        (args => args.ExistingSecret = "shop-credentials", "ExistingSecret: \"shop-credentials\" is the name of the Secret that this program makes itself; another name keeps it from being deleted as its own"),
        (args => args.Tls = new() { Secret = "My Secret" }, "Tls.Secret: \"My Secret\" is not the name of an object: at most 253 lower-case letters, digits, '-' and '.', starting and ending with a letter or digit"),
        (args => args.Tls = new() { Issuer = new() { Name = "a", Group = "not a group" } }, "Tls.Issuer.Group: \"not a group\" is not an API group such as cert-manager.io"),
        (args => (args.Tls, args.ServerOptions) = (new() { Secret = "a" }, new() { ["ssl-cert"] = "/mine" }), "ServerOptions[ssl-cert]: the setting tls decides this"),
        (args => args.Network = new() { From = [] }, "Network.From: it lets nobody in; leave it out to let every pod of the namespace in"),
        (args => args.Network = new() { Policy = false, From = [new NetworkPeerArgs { Namespace = "shop" }] }, "Network.From: network.policy is false, so that there is no policy to say it; leave one of the two out"),
        (args => args.Network = new() { From = [new NetworkPeerArgs { Namespace = "shop" }, new NetworkPeerArgs()] }, "Network.From[1]: it says nobody; it takes a namespace, labels, both, or a cidr"),
        (args => args.Network = new() { From = [new NetworkPeerArgs { Namespace = "shop", Cidr = "10.0.0.0/8" }] }, "Network.From[0]: a cidr stands alone; addresses have neither a namespace nor labels"),
        (args => args.Network = new() { From = [new NetworkPeerArgs { Namespace = "Shop" }] }, "Network.From[0].Namespace: \"Shop\" is not a DNS label: at most 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit"),
        (args => args.Network = new() { From = [new NetworkPeerArgs { Labels = new() { ["app"] = "a b" } }] }, "Network.From[0].Labels[app]: \"a b\" is not the value of a label: at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit"),
        (args => args.Network = new() { From = [new NetworkPeerArgs { Cidr = "10.0.0.1/8" }] }, "Network.From[0].Cidr: \"10.0.0.1/8\" is not a range of addresses such as 10.0.0.0/8"),
        (args => (args.Write, args.Network) = (new() { Type = "LoadBalancer" }, new() { From = [new NetworkPeerArgs { Namespace = "shop" }] }), "Network.From: write.type is LoadBalancer, for clients outside the cluster, and this lets none of them in; add their addresses (cidr: 0.0.0.0/0 for every one), or leave it out to let everyone in"),
        (args => args.Pod = new() { Volumes = [new VolumeArgs { Name = "extra" }, new VolumeArgs { Name = "data" }] }, "Pod.Volumes: data is the workload's own volume; another name is free"),
        (args => args.Pod = new() { Volumes = [new VolumeArgs { Name = "conf" }] }, "Pod.Volumes: conf is the workload's own volume; another name is free"),
        (args => args.Pod = new() { Containers = new() { ["mysql"] = null! } }, "Pod.Containers[mysql]: it is null; leave it out to have the container as it is"),
        (args => args.ServerOptions = new() { ["max_connections"] = Output.Create((string)null!) }, "ServerOptions[max_connections]: it has no value"),
        (args => args.Read = new() { Annotations = new() { ["a"] = Output.Create((string)null!) } }, "Read.Annotations[a]: it has no value"),
        (args => args.Pod = new() { Labels = new() { ["app"] = "other" } }, "Pod.Labels[app]: this label is the workload's own; its Services find its pods by it"),
        (args => args.Pod = new() { Containers = new() { ["nginx"] = new() } }, "Pod.Containers[nginx]: there is no such container; there are init-mysql, clone-mysql, mysql, replication"),
        (args => args.Pod = new() { Containers = new() { ["mysql"] = new() { Env = [new EnvVarArgs { Name = "PRIMARY_HOST" }] } } }, "Pod.Containers[mysql].Env: PRIMARY_HOST is the workload's own variable; another name is free"),
        (args => (args.Cpu, args.Pod) = ("1", ServerResources()), "Cpu: the resources of container mysql are given as a whole in Pod.Containers[mysql].Resources; say it in one of the two places"),
        (args => (args.MemoryLimit, args.Pod) = ("2Gi", ServerResources()), "MemoryLimit: the resources of container mysql are given as a whole in Pod.Containers[mysql].Resources; say it in one of the two places"),
        (args => (args.CpuLimit, args.Pod) = ("2", ServerResources()), "CpuLimit: the resources of container mysql are given as a whole in Pod.Containers[mysql].Resources; say it in one of the two places"),
        (args => (args.Size, args.Pod) = ("small", ServerResources()), "Size: the resources of container mysql are given as a whole in Pod.Containers[mysql].Resources; say it in one of the two places"),
        (args => (args.Memory, args.Pod) = ("1Gi", ServerResources()), "Memory: the resources of container mysql are given as a whole in Pod.Containers[mysql].Resources; say it in one of the two places"),
    ];

    private static readonly (Action<WebClusterArgs> Break, string Problem)[] WebBreaks =
    [
        (args => args.Replicas = 0, "Replicas: 0: a web system has at least 1 server"),
        (args => args.Name = "Pages", $"Name: \"Pages\" {NotALabel}"),
        (args => args.Service = "1pages", $"Service: \"1pages\" {NotALabel}"),
        (args => args.Namespace = "a.b", "Namespace: \"a.b\" is not a DNS label: at most 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit"),
        (args => args.Domain = ".", "Domain: \".\" is not a DNS domain such as cluster.local"),
        (args => args.Image = "ngin x", "Image: \"ngin x\" is not the name of an image such as nginx:1.28 or registry.example/team/nginx:1.28"),
        (args => args.ImagePullPolicy = "always", "ImagePullPolicy: \"always\" is not known here; it takes one of Always, IfNotPresent, Never"),
        (args => args.Storage = "-1Gi", "Storage: \"-1Gi\" is not a quantity above zero such as 1Gi"),
        (args => (args.Storage, args.StorageClass) = ("1Gi", "a_b"), "StorageClass: \"a_b\" is not the name of an object: at most 253 lower-case letters, digits, '-' and '.', starting and ending with a letter or digit"),
        (args => args.StorageClass = "fast", "StorageClass: there is no volume without a size; Storage gives one"),
        (args => args.Network = new() { From = [] }, "Network.From: it lets nobody in; leave it out to let every pod of the namespace in"),
        (args => args.Cpu = "0", "Cpu: \"0\" is not a quantity above zero such as 50m"),
        (args => args.Memory = "0", "Memory: \"0\" is not a quantity above zero such as 64Mi"),
        (args => args.MemoryLimit = "63Mi", "MemoryLimit: 63Mi is less than the 64Mi that the server asks for (resources.memory); a limit is at least as much"),
        (args => (args.Cpu, args.CpuLimit) = ("1", "999m"), "CpuLimit: 999m is less than the 1 that the server asks for (resources.cpu); a limit is at least as much"),
        (args => (args.Cpu, args.Pod) = ("1", new() { Containers = new() { ["nginx"] = new() { Resources = new ResourceRequirementsArgs() } } }), "Cpu: the resources of container nginx are given as a whole in Pod.Containers[nginx].Resources; say it in one of the two places"),
        (args => args.AccessMode = "ReadWriteOncePod", "AccessMode: there is no volume without a size; Storage gives one"),
        (args => (args.Storage, args.AccessMode) = ("1Gi", "x"), "AccessMode: \"x\" is not known here; it takes one of ReadWriteOnce, ReadWriteOncePod"),
        (args => args.TimeoutMinutes = -5, "TimeoutMinutes: -5: it is a time in minutes, at least 1"),
        (args => args.Update = new() { Partition = -1 }, "Update.Partition: -1: it is the lowest ordinal that follows a change, at least 0"),
        (args => args.Pod = new() { Volumes = [new VolumeArgs { Name = "www" }] }, "Pod.Volumes: www is the workload's own volume; another name is free"),
        (args => args.Pod = new() { Containers = new() { ["mysql"] = new() } }, "Pod.Containers[mysql]: there is no such container; there are nginx"),
        (args => args.Pod = new() { NodeSelector = new() { ["disk"] = "a b" } }, "Pod.NodeSelector[disk]: \"a b\" is not the value of a label: at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit"),
        (args => args.Pod = new() { Annotations = new() { ["a b"] = "" } }, "Pod.Annotations[a b]: \"a b\" is not the key of an annotation: a name of at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit, and before it, if anything, a DNS name and '/', such as example.com/owner"),
    ];

    private static readonly (Action<OrderedWorkloadArgs> Break, string Problem)[] WorkloadBreaks =
    [
        (args => args.Replicas = 0, "Replicas: 0: a workload has at least 1 pod"),
        (args => args.Name = "a_b", $"Name: \"a_b\" {NotALabel}"),
        (args => args.Service = "a_b", $"Service: \"a_b\" {NotALabel}"),
        (args => args.Namespace = "a_b", "Namespace: \"a_b\" is not a DNS label: at most 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit"),
        (args => args.Application = "a b", "Application: \"a b\" is not the value of a label: at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit"),
        (args => args.Component = "", "Component: \"\" is not the value of a label: at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit"),
        (args => args.RunAsUser = 0, "RunAsUser: 0: it is the number of a user other than root, at least 1"),
        (args => args.Ports = [], "Ports: there is none; a headless Service offers at least one port"),
        (args => args.Ports = [new("peer", 0)], "Ports[0]: 0 is not the number of a port: 1 to 65535"),
        (args => args.Ports = [new("Peer", 1)], "Ports[0]: \"Peer\" is not the name of a port: at most 15 lower-case letters, digits and single hyphens, at least one letter, none of the hyphens at an end"),
        (args => args.Ports = [new("peer", 1), new("peer", 2)], "Ports[1]: an earlier port has its name or number: peer, 2"),
        (args => args.Ports = [new("peer", 1), new("client", 1)], "Ports[1]: an earlier port has its name or number: client, 1"),
        (args => args.Ports = null!, "Ports: there is none; a headless Service offers at least one port"),
        (args => args.Ports = [new("peer", 1), new("other", 2)], "Ports: no container of the pod declares other; OnContainer() does"),
        (args => args.Claims = [Claim.Template("Data", "1Gi")], "Claims[0]: \"Data\" is not a DNS label: at most 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit"),
        (args => args.Claims = [Claim.Template("data", "1Gi"), Claim.Template("data", "1Gi")], "Claims[1]: an earlier claim is called data, too"),
        (args => (args.Claims, args.Pod) = ([Claim.Template("data", "1Gi")], new() { Volumes = [new VolumeArgs { Name = "data" }] }), "Pod.Volumes: data is the workload's own volume; another name is free"),
        (args => args.TimeoutMinutes = 0, "TimeoutMinutes: 0: it is a time in minutes, at least 1"),
        (args => args.Update = new() { MinReadySeconds = -1 }, "Update.MinReadySeconds: -1: it is a time in seconds, at least 0"),
        (args => args.Network = new() { From = [new NetworkPeerArgs { Namespace = "shop" }, new NetworkPeerArgs()] }, "Network.From[1]: it says nobody; it takes a namespace, labels, both, or a cidr"),
        (args => args.Pod = new() { Containers = new() { ["main"] = new(), ["other"] = new() } }, "Pod.Containers[other]: there is no such container; there are first, main"),
    ];

    public static TheoryData<int> OfMySql => [.. Enumerable.Range(0, MySqlBreaks.Length)];

    public static TheoryData<int> OfWeb => [.. Enumerable.Range(0, WebBreaks.Length)];

    public static TheoryData<int> OfWorkload => [.. Enumerable.Range(0, WorkloadBreaks.Length)];

    [Theory]
    [MemberData(nameof(OfMySql))]
    public async Task A_MySQL_cluster_names_what_is_wrong(int row)
    {
        var args = new MySqlClusterArgs();
        MySqlBreaks[row].Break(args);
        await RefusedAsync("MySqlCluster", () => new MySqlCluster("shop", args), MySqlBreaks[row].Problem);
    }

    [Theory]
    [MemberData(nameof(OfWeb))]
    public async Task A_web_cluster_names_what_is_wrong(int row)
    {
        var args = new WebClusterArgs();
        WebBreaks[row].Break(args);
        await RefusedAsync("WebCluster", () => new WebCluster("shop", args), WebBreaks[row].Problem);
    }

    [Theory]
    [MemberData(nameof(OfWorkload))]
    public async Task A_workload_names_what_is_wrong(int row)
    {
        var args = SmallWorkload.Args();
        WorkloadBreaks[row].Break(args);
        await RefusedAsync("OrderedWorkload", () => new OrderedWorkload("shop", args), WorkloadBreaks[row].Problem);
    }

    [Fact]
    public async Task All_problems_come_together() => await RefusedAsync(
        "MySqlCluster",
        () => new MySqlCluster("Shop", new MySqlClusterArgs { Replicas = 0, Storage = "much" }),
        "Replicas: 0: a MySQL cluster has at least 1 server (its primary)",
        $"Name: \"Shop\" {NotALabel}",
        "Storage: \"much\" is not a quantity above zero such as 10Gi");

    /// <summary>A value that comes from another resource is checked when it is there, and before anything is made of it.</summary>
    [Fact]
    public async Task An_option_that_comes_late_is_refused_too()
    {
        var engine = new Engine();
        var later = Output.Create(Task.Delay(1).ContinueWith(_ => "7\nskip-grant-tables", TaskScheduler.Default));
        // The ConfigMap fails, and what waits for it; the engine may tell of one of them or of several together.
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => engine.RunAsync(() => { _ = new MySqlCluster("shop", new MySqlClusterArgs { ServerOptions = new() { ["max_connections"] = later } }); }));
        Assert.Contains("ServerOptions[max_connections]: its value has more than one line, or a control character", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(engine.All("ConfigMap"), map => map["data"]?["lib.sh"] is not null);
        Assert.Empty(engine.All("StatefulSet"));
    }

    [Fact]
    public async Task An_annotation_that_comes_late_is_refused_too()
    {
        var engine = new Engine();
        var later = Output.Create(Task.Delay(1).ContinueWith(_ => "true", TaskScheduler.Default));
        var refused = await Assert.ThrowsAnyAsync<Exception>(
            () => engine.RunAsync(() => { _ = new MySqlCluster("shop", new MySqlClusterArgs { Write = new() { Annotations = new() { ["pulumi.com/patchForce"] = later } } }); }));
        Assert.Contains("Annotations[pulumi.com/patchForce]: annotations of pulumi.com are the component's own", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(engine.Begun, resource => resource.Label == "Service shop-write");
    }

    /// <summary>A sentence on what is wrong with a secret would show it.</summary>
    [Fact]
    public void A_secret_is_not_looked_at() => Assert.Empty(new MySqlClusterArgs { Storage = Output.CreateSecret("hunter2!") }.Problems("shop"));

    [Fact]
    public void What_is_not_known_yet_is_not_wrong() =>
        Assert.Empty(new MySqlClusterArgs { Storage = OutputUtilities.CreateUnknown(""), Namespace = OutputUtilities.CreateUnknown("") }.Problems("shop"));

    [Fact]
    public async Task Arguments_that_are_missing_are_said_to_be()
    {
        foreach (var make in (Action[])[() => _ = new MySqlCluster("shop", null!), () => _ = new WebCluster("shop", null!), () => _ = new OrderedWorkload("shop", null!)])
        {
            var engine = new Engine();
            var refused = await Assert.ThrowsAsync<RunException>(() => engine.RunAsync(make));
            Assert.Contains("Value cannot be null. (Parameter 'args')", refused.Message, StringComparison.Ordinal);
            Assert.Empty(engine.Announced);
        }
    }

    /// <summary>An engine of a test may have answered already; a real one has not, and a component looks no closer at what is another resource's.</summary>
    [Fact]
    public async Task Another_resources_output_is_not_looked_at_even_where_it_is_there()
    {
        var engine = new Engine();
        await engine.RunAsync(() =>
        {
            var place = new global::Pulumi.Kubernetes.Core.V1.Namespace("Not-A-Label");
            _ = new WebCluster("pages", new WebClusterArgs { Namespace = place.Id });
        });
        Assert.Equal("Not-A-Label", engine.Only("StatefulSet")["metadata"]!["namespace"]!.GetValue<string>());
    }

    [Fact]
    public void Problems_of_a_map_come_in_the_order_of_its_keys() => Assert.Equal(
        ["ServerOptions[A]", "ServerOptions[B]", "ServerOptions[C]", "ServerOptions[D]"],
        new MySqlClusterArgs { ServerOptions = new() { ["C"] = "", ["A"] = "", ["D"] = "", ["B"] = "" } }.Problems("db").Select(problem => problem.Argument));

    [Fact]
    public void Values_at_the_edge_are_right() => Assert.Empty(new MySqlClusterArgs
    {
        Replicas = 1,
        MaxLagSeconds = 0,
        MaxAwaySeconds = 0,
        SeedTimeoutSeconds = 1,
        SeedStallSeconds = 1,
        ProbeTimeoutSeconds = 1,
        StartupSeconds = 1,
        GracePeriodSeconds = 1,
        TimeoutMinutes = 1,
        Read = new() { Annotations = new() { ["a"] = new string('x', 262143) } },
        Pod = new() { Labels = new() { ["team"] = string.Empty, ["other"] = new string('x', 63) }, NodeSelector = new() { ["disk"] = string.Empty } },
    }.Problems(new string('n', 50)));

    [Theory]
    [InlineData("app")]
    [InlineData("app.kubernetes.io/name")]
    [InlineData("app.kubernetes.io/instance")]
    [InlineData("app.kubernetes.io/component")]
    [InlineData("app.kubernetes.io/managed-by")]
    [InlineData("statefulset.kubernetes.io/pod-name")]
    [InlineData("apps.kubernetes.io/pod-index")]
    public void A_label_of_the_workload_is_not_its_users(string label) => Assert.Equal(
        [new ArgumentProblem($"Pod.Labels[{label}]", "this label is the workload's own; its Services find its pods by it")],
        new WebClusterArgs { Pod = new() { Labels = new() { [label] = "x" } } }.Problems("pages"));

    [Fact]
    public void A_label_of_the_user_is_one() => Assert.Equal(
        ["Pod.Labels[-a]", "Pod.Labels[team]"],
        new WebClusterArgs { Pod = new() { Labels = new() { ["team"] = new string('x', 64), ["-a"] = "x" } } }.Problems("pages").Select(problem => problem.Argument));

    [Theory]
    [InlineData("PRIMARY_HOST")]
    [InlineData("HEADLESS_SERVICE")]
    [InlineData("SERVER_ID_BASE")]
    [InlineData("MYSQL_PORT")]
    [InlineData("MAX_LAG_SECONDS")]
    [InlineData("MAX_AWAY_SECONDS")]
    [InlineData("SEED_TIMEOUT_SECONDS")]
    [InlineData("SEED_STALL_SECONDS")]
    [InlineData("PROBE_TIMEOUT_SECONDS")]
    [InlineData("BACKUP_PORT")]
    [InlineData("REMOTE_ROOT")]
    public void A_variable_of_the_scripts_is_not_its_users(string variable) => Assert.Equal(
        ["Pod.Containers[mysql].Env"],
        new MySqlClusterArgs { Pod = new() { Containers = new() { ["mysql"] = new() { Env = [new EnvVarArgs { Name = "TZ" }, new EnvVarArgs { Name = variable }] } } } }
            .Problems("db").Select(problem => problem.Argument));

    [Theory]
    [InlineData(1, "a", true)]
    [InlineData(65535, "a-1", true)]
    [InlineData(65536, "a", false)]
    [InlineData(80, "fifteen-letters", true)]
    [InlineData(80, "sixteen-letters-", false)]
    [InlineData(80, "123", false)]
    [InlineData(80, "a--b", false)]
    [InlineData(80, "-a", false)]
    public void A_port_has_a_number_and_a_name_that_Kubernetes_takes(int number, string name, bool fits) =>
        Assert.Equal(fits, new NamedPort(name, number).Problem() is null);

    [Theory]
    [InlineData("10Gi", true)]
    [InlineData("1.5Gi", true)]
    [InlineData("500m", true)]
    [InlineData("1e3", true)]
    [InlineData("1E", true)]
    [InlineData("128974848", true)]
    [InlineData("2k", true)]
    [InlineData(".5", true)]
    [InlineData("0e3", false)]
    [InlineData("0.0", false)]
    [InlineData("1Pb", false)]
    [InlineData("1 Gi", false)]
    [InlineData("", false)]
    [InlineData("1Gi\n", false)]
    public void A_quantity_is_what_Kubernetes_takes_for_one(string quantity, bool fits) => Assert.Equal(fits, Quantity.Problem(quantity, "10Gi") is null);

    private static PodSettingsArgs ServerResources() => new() { Containers = new() { ["mysql"] = new() { Resources = new ResourceRequirementsArgs() } } };

    private static async Task RefusedAsync(string component, Func<Resource> make, params string[] problems)
    {
        var engine = new Engine();
        var caught = default(InvalidArgumentsException);
        var refused = await Assert.ThrowsAsync<RunException>(() => engine.RunAsync(() =>
        {
            try
            {
                make();
            }
            catch (InvalidArgumentsException wrong)
            {
                caught = wrong;
                throw;
            }
        }));
        Assert.Equal(problems, caught!.Problems.Select(problem => $"{problem.Argument}: {problem.Sentence}"));
        var name = problems.Any(problem => problem.StartsWith("Name: \"Shop\"", StringComparison.Ordinal)) && problems.Length > 1 ? "Shop" : "shop";
        var count = problems.Length == 1 ? "1 argument needs a change" : $"{problems.Length} arguments need a change";
        Assert.Equal($"{component} \"{name}\": {count}\n  {string.Join("\n  ", problems)}", refused.Message);
        Assert.Empty(engine.Announced);
    }
}
