using Infra.Arguments;
using Infra.Identity;
using Infra.MySql.Profiles;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>What may be wrong with the arguments of a cluster.</summary>
internal static class MySqlClusterChecks
{
    private const string LimitOfContainer = "Pod.Containers[mysql].Resources.Limits[memory]";

    /// <summary>Everything that is.</summary>
    public static IReadOnlyList<ArgumentProblem> Problems(string name, MySqlClusterArgs args)
    {
        var replicas = args.Replicas ?? MySqlDefaults.Replicas;
        return new ArgumentChecks()
            .Add(nameof(args.Replicas), OrderedWorkloadArgs.ReplicasProblem(replicas, "a MySQL cluster has at least 1 server (its primary)"))
            .Add(nameof(args.Name), ResourceName.SetProblem(args.Name ?? name, replicas))
            .Value(nameof(args.Namespace), args.Namespace, ResourceName.NamespaceProblem)
            .Value(nameof(args.Domain), args.Domain, ResourceName.DomainProblem)
            .AddRange(OfProfile(args))
            .Value(nameof(args.ImagePullPolicy), args.ImagePullPolicy, policy => Choice.Problem(policy, Choice.PullPolicies))
            .Value(nameof(args.Storage), args.Storage, text => Quantity.Problem(text, MySqlDefaults.Storage))
            .Value(nameof(args.StorageClass), args.StorageClass, ResourceName.ObjectProblem)
            .Value(nameof(args.AccessMode), args.AccessMode, AccessMode.Problem)
            .AddRange(OfSize(args))
            .Value(nameof(args.Cpu), args.Cpu, text => Quantity.Problem(text, MySqlDefaults.Cpu))
            .Value(nameof(args.Memory), args.Memory, text => Quantity.Problem(text, MySqlDefaults.Memory))
            .Value(nameof(args.CpuLimit), args.CpuLimit, text => Quantity.Problem(text, "2"))
            .Value(nameof(args.MemoryLimit), args.MemoryLimit, text => Quantity.Problem(text, "2Gi"))
            .Entries(nameof(args.ServerOptions), args.ServerOptions, MySqlOptions.Problems(args))
            .AddRange(OfTimes(args))
            .Add(nameof(args.ExistingSecret), args.ExistingSecret is null ? null : SecretProblem(args.ExistingSecret, args.Name ?? name))
            .AddRange(args.Read?.Problems(nameof(args.Read)) ?? [])
            .AddRange(args.Write?.Problems(nameof(args.Write)) ?? [])
            .AddRange(args.Update?.Problems(nameof(args.Update)) ?? [])
            .AddRange(args.Network?.Problems() ?? [])
            .AddRange(OfExposure(args))
            .AddRange(args.Metrics?.Problems(nameof(args.Metrics)) ?? [])
            .AddRange(args.Tls?.Problems(nameof(args.Tls)) ?? [])
            .AddRange(args.Backup?.Problems(nameof(args.Backup)) ?? [])
            .AddRange(args.Restore?.Problems(nameof(args.Restore)) ?? [])
            .AddRange(OfBackup(args.Name ?? name, args))
            .AddRange(OfPod(args))
            .Problems;
    }

    /// <summary>What only some profiles can do, and names that leave room for those of Jobs and of the archive.</summary>
    private static IReadOnlyList<ArgumentProblem> OfBackup(string set, MySqlClusterArgs args)
    {
        var (backup, restore) = (args.Backup is not null, args.Restore is not null);
        var limit = ProfileLimits.BackupProblem(args.EffectiveProfile);
        var (with, longest, what) = args.Backup?.Archive is null ? ("backup or restore", MySqlBackupDefaults.MaxSetLength, "the names of Jobs") : ("backup.archive", MySqlBackupDefaults.MaxArchivedSetLength, "the name of its pod");
        return new ArgumentChecks()
            .Add($"{nameof(args.Backup)}.{nameof(MySqlBackupArgs.Store)}.{nameof(BackupStoreArgs.Claim)}", StoreProblem(args.Backup?.Store, set))
            .Add($"{nameof(args.Restore)}.{nameof(MySqlRestoreArgs.Store)}.{nameof(BackupStoreArgs.Claim)}", StoreProblem(args.Restore?.Store, set))
            .Add(nameof(args.Backup), backup ? limit : null)
            .Add(nameof(args.Restore), restore ? limit : null)
            .Add(nameof(args.Name), (backup || restore) && set.Length > longest ? $"\"{set}\" has {set.Length} characters; with {with} at most {longest} fit, for {what}" : null)
            .Problems;
    }

    /// <summary>A store is not kept among the data that it is to outlive.</summary>
    private static string? StoreProblem(BackupStoreArgs? store, string set) =>
        store?.Claim is { } claim && claim.StartsWith($"{MySqlVolumes.Data}-{set}-", StringComparison.Ordinal) && claim[(MySqlVolumes.Data.Length + set.Length + 2)..].All(char.IsAsciiDigit)
            ? $"\"{claim}\" is the claim of one of the servers' own data; a store is a claim of its own"
            : null;

    /// <summary>A Service for the world outside, and a policy that lets none of it in.</summary>
    private static IReadOnlyList<ArgumentProblem> OfExposure(MySqlClusterArgs args)
    {
        var checks = new ArgumentChecks();
        foreach (var (key, exposure) in ((string, ServiceExposureArgs?)[])[("read.type", args.Read), ("write.type", args.Write)])
        {
            var isShut = Known.Items(args.Network?.From) is { IsDefaultOrEmpty: false } peers && peers.All(peer => peer?.Cidr is null);
            if (isShut && Known.TryGet(exposure?.Type, out var type) && PodNetwork.IsOutside(type))
            {
                checks.Add(
                    $"{nameof(args.Network)}.{nameof(NetworkArgs.From)}",
                    $"{key} is {type}, for clients outside the cluster, and this lets none of them in; add their addresses (cidr: 0.0.0.0/0 for every one), or leave it out to let everyone in");
            }
        }

        return checks.Problems;
    }

    /// <summary>What the profile cannot do is not held against the rest where there is no such profile.</summary>
    private static IReadOnlyList<ArgumentProblem> OfProfile(MySqlClusterArgs args)
    {
        var isKnown = args.Profile is null || MySqlProfile.Find(args.Profile) is not null;
        var checks = new ArgumentChecks()
            .Add(nameof(args.Profile), isKnown ? null : Choice.Problem(args.Profile!, MySqlProfiles.All))
            .Add(nameof(args.Durability), args.Durability is null ? null : Choice.Problem(args.Durability, MySqlDurability.All))
            .Value($"{nameof(args.Images)}.{nameof(MySqlImagesArgs.Server)}", args.Images?.Server, image => ImageName.Problem(image, "mysql:8.4"))
            .Value($"{nameof(args.Images)}.{nameof(MySqlImagesArgs.Xtrabackup)}", args.Images?.Xtrabackup, image => ImageName.Problem(image, "xtrabackup:2.4"));
        if (isKnown)
        {
            checks.Add(nameof(args.Durability), ProfileLimits.DurabilityProblem(args.EffectiveProfile, args.Durability));
            checks.Add(nameof(args.Tls), args.Tls is null ? null : ProfileLimits.TlsProblem(args.EffectiveProfile));
            checks.Add(
                $"{nameof(args.Images)}.{nameof(MySqlImagesArgs.Xtrabackup)}",
                args.Images?.Xtrabackup is null ? null : ProfileLimits.ToolsImageProblem(args.EffectiveProfile));
        }

        return checks.Problems;
    }

    /// <summary>What a server is given has to hold what it takes.</summary>
    private static IReadOnlyList<ArgumentProblem> OfSize(MySqlClusterArgs args)
    {
        var checks = new ArgumentChecks()
            .Add(nameof(args.Size), args.Size is null ? null : Choice.Problem(args.Size, MySqlSize.All))
            .Add(nameof(args.CpuLimit), ContainerResources.LimitProblem(args.CpuLimit, args.EffectiveCpu, "resources.cpu"))
            .Add(nameof(args.MemoryLimit), ContainerResources.LimitProblem(args.MemoryLimit, args.EffectiveMemory, "resources.memory"));
        // An option whose value is not there yet may be any.
        if (args.ServerOptions is not null && !Known.TryGet(args.ServerOptions, out _))
        {
            return checks.Problems;
        }

        var pool = BufferPool.In(Known.Entries(args.ServerOptions)) ?? (args.Size is not null && Known.TryGet(args.EffectiveMemory, out var memory) ? BufferPool.Of(memory) : null);
        return checks
            .Value(nameof(args.MemoryLimit), args.MemoryLimit, limit => BufferPool.LimitProblem(limit, pool))
            .Add(LimitOfContainer, Known.TryGet(Resources(args), out var whole) && Known.Entries(ShallowCopy.Of(whole).Limits).GetValueOrDefault("memory") is { } instead
                ? BufferPool.LimitProblem(instead, pool)
                : null)
            .Problems;
    }

    private static Input<ResourceRequirementsArgs>? Resources(MySqlClusterArgs args) => args.Pod?.Containers?.GetValueOrDefault(MySqlServer.Name)?.Resources;

    private static IReadOnlyList<ArgumentProblem> OfTimes(MySqlClusterArgs args) => new ArgumentChecks()
        .Value(nameof(args.MaxLagSeconds), args.MaxLagSeconds, SecondsOrNoLimit)
        .Value(nameof(args.MaxAwaySeconds), args.MaxAwaySeconds, SecondsOrNoLimit)
        .Value(nameof(args.SeedTimeoutSeconds), args.SeedTimeoutSeconds, Seconds)
        .Value(nameof(args.SeedStallSeconds), args.SeedStallSeconds, Seconds)
        .Value(nameof(args.ProbeTimeoutSeconds), args.ProbeTimeoutSeconds, Seconds)
        .Add(nameof(args.StartupSeconds), OrderedWorkloadArgs.TimeProblem(args.StartupSeconds, "seconds"))
        .Value(nameof(args.GracePeriodSeconds), args.GracePeriodSeconds, Seconds)
        .Add(nameof(args.TimeoutMinutes), OrderedWorkloadArgs.TimeProblem(args.TimeoutMinutes, "minutes"))
        .Problems;

    private static IReadOnlyList<ArgumentProblem> OfPod(MySqlClusterArgs args)
    {
        var twice = Resources(args) is not null;
        const string instead = "the resources of container mysql are given as a whole in Pod.Containers[mysql].Resources; say it in one of the two places";
        return new ArgumentChecks()
            .AddRange(args.Pod?.Problems(MySqlPod.Contents(args)) ?? [])
            .Add(nameof(args.Cpu), twice && args.Cpu is not null ? instead : null)
            .Add(nameof(args.Memory), twice && args.Memory is not null ? instead : null)
            .Add(nameof(args.CpuLimit), twice && args.CpuLimit is not null ? instead : null)
            .Add(nameof(args.MemoryLimit), twice && args.MemoryLimit is not null ? instead : null)
            .Add(nameof(args.Size), twice && args.Size is not null ? instead : null)
            .Problems;
    }

    /// <summary>A Secret of that name was made by this program, or will be: it would be deleted as no longer wanted, from under the pods that mount it.</summary>
    private static string? SecretProblem(string secret, string set) => secret == MySqlCredentials.NameFor(set)
        ? $"\"{secret}\" is the name of the Secret that this program makes itself; another name keeps it from being deleted as its own"
        : ResourceName.ObjectProblem(secret);

    private static string? SecondsOrNoLimit(int seconds) => seconds >= 0 ? null : $"{seconds}: it is a time in seconds, at least 1, or 0 for no limit";

    private static string? Seconds(int seconds) => OrderedWorkloadArgs.TimeProblem(seconds, "seconds");
}
