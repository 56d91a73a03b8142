using Lab.Manifests;

namespace Lab.Specs;

/// <summary>All objects of an instance, read into the forms the lab works with.</summary>
public sealed record DesiredCluster
{
    private static readonly HashSet<string> Ignored =
        ["Namespace", "ServiceAccount", "Role", "RoleBinding", "PodDisruptionBudget", "NetworkPolicy", "StorageClass"];

    private static readonly HashSet<string> Known =
        ["StatefulSet", "Service", "ConfigMap", "Secret", "PersistentVolumeClaim", "Job", "CronJob"];

    /// <summary>StatefulSets, in the order given.</summary>
    public IReadOnlyList<StatefulSetSpec> Sets { get; init; } = [];

    /// <summary>Claims that are objects of their own.</summary>
    public IReadOnlyList<ClaimSpec> Claims { get; init; } = [];

    /// <summary>Jobs, in the order given.</summary>
    public IReadOnlyList<JobSpec> Jobs { get; init; } = [];

    /// <summary>CronJobs, in the order given.</summary>
    public IReadOnlyList<CronJobSpec> CronJobs { get; init; } = [];

    /// <summary>Services, in the order given.</summary>
    public IReadOnlyList<ServiceSpec> Services { get; init; } = [];

    /// <summary>ConfigMaps and Secrets.</summary>
    public IReadOnlyList<DataObject> Data { get; init; } = [];

    /// <summary>The content of a ConfigMap or Secret; none where that may be missing and is.</summary>
    /// <exception cref="ClusterException">It is missing and may not be.</exception>
    public IReadOnlyDictionary<string, byte[]>? DataOf(string kind, string @namespace, string? name, bool? optional) =>
        Data.FirstOrDefault(one => one.Kind == kind && one.Namespace == @namespace && one.Name == name)?.Data
            ?? (optional == true ? null : throw new ClusterException($"{kind} {name} does not exist in namespace {@namespace}."));

    /// <summary>Reads objects; what the lab can't run is an error, what it needn't act on is left out (see <see cref="Notes"/>).</summary>
    /// <exception cref="ClusterException">A kind is unknown, or an object has a wrong shape.</exception>
    public static DesiredCluster Read(IReadOnlyList<Manifest> manifests)
    {
        var unknown = manifests.FirstOrDefault(one => !HasNoEffect(one) && !Known.Contains(one.Kind));
        if (unknown is not null)
        {
            throw new ClusterException($"The lab cannot run {unknown.Kind} {unknown.Name}: it knows {string.Join(", ", Known.SkipLast(1))} and {Known.Last()}.");
        }

        return new DesiredCluster
        {
            Sets = [.. Of("StatefulSet").Select(set => StatefulSetSpec.Read(set) with { AfterJobs = JobsBefore(set) })],
            Claims = [.. Of("PersistentVolumeClaim").Select(ClaimSpec.Read)],
            Jobs = [.. Of("Job").Select(JobSpec.Read)],
            CronJobs = [.. Of("CronJob").Select(CronJobSpec.Read)],
            Services = [.. Of("Service").Select(ServiceSpec.Read)],
            Data = [.. Of("ConfigMap").Concat(Of("Secret")).Select(DataObject.Read)],
        };

        IEnumerable<Manifest> Of(string kind) => manifests.Where(manifest => manifest.Kind == kind);

        IReadOnlyList<string> JobsBefore(Manifest set) => [.. manifests.TakeWhile(one => one != set).Where(one => one.Kind == "Job").Select(one => $"{one.Namespace}/{one.Name}")];
    }

    /// <summary>Refuses what an API server would not change.</summary>
    /// <param name="before">The objects as they are.</param>
    /// <param name="isGone">Whether a Job that was there has been over for so long that it counts as gone.</param>
    /// <exception cref="ClusterException">A Job would get another template, or a claim another shape.</exception>
    public void RequireFrom(DesiredCluster before, Func<JobSpec, bool> isGone)
    {
        foreach (var (claim, old) in Claims.Join(before.Claims, one => (one.Namespace, one.Name), one => (one.Namespace, one.Name), (claim, old) => (claim, old)))
        {
            claim.RequireFrom(old);
        }

        var changed = Jobs.FirstOrDefault(job => before.Jobs.Any(old => old.Namespace == job.Namespace && old.Name == job.Name && old.TemplateHash != job.TemplateHash && !isGone(old)));
        if (changed is not null)
        {
            throw new ClusterException($"Job {changed.Name}: spec.template is another one, and the template of a Job is immutable. Give the new Job another name, or go once without it.");
        }
    }

    /// <summary>Nothing here acts on a kind that a cluster was taught either, and a Deployment without pods is one that something else gives some, which the lab does not run.</summary>
    private static bool HasNoEffect(Manifest one) => Ignored.Contains(one.Kind) || one.IsCustom || (one.Kind == "Deployment" && (int?)one.Body["spec"]?["replicas"] == 0);

    /// <summary>One line for each object that is accepted and has no effect here, or less than in a cluster.</summary>
    public static IReadOnlyList<string> Notes(IReadOnlyList<Manifest> manifests) =>
    [
        .. manifests.Where(HasNoEffect).Select(one => $"{one.Kind} {one.Name} has no effect in the lab"),
        .. from one in manifests
           where one.Kind == "Service" && (string?)one.Body["spec"]?["type"] is "NodePort" or "LoadBalancer"
           select $"Service {one.Name} has no address outside the lab, though it is of type {one.Body["spec"]!["type"]}",
    ];
}
