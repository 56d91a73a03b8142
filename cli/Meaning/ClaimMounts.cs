using Cli.Checks;
using Lab.Manifests;
using static Cli.Checks.StatefulSetView;

namespace Cli.Meaning;

/// <summary>Where containers find their claims before and after, and what it means that they find them elsewhere.</summary>
internal sealed class ClaimMounts(Manifest before, Manifest after)
{
    private readonly IReadOnlyList<ClaimMount> was = ClaimMount.Of(before);
    private readonly IReadOnlyList<ClaimMount> now = ClaimMount.Of(after);

    /// <summary>Mounts that are gone; those of a container that is gone with them concern whoever comes in its place.</summary>
    public IEnumerable<Finding> Gone() =>
        was.Except(now).Where(mount => Names(after, mount.IsInit).Contains(mount.Container)).Select(Gone).Concat(Successors()).Concat(Orphans());

    /// <summary>What a container of another program than MySQL is told: it may say where data are kept.</summary>
    public IEnumerable<Finding> Told(string container)
    {
        var keeps = was.Any(mount => mount.Container == container) || (was.Count == 0 && SetChange.HasClaims(before));
        return keeps && !SetChange.IsOfMySql(before) && !SetChange.IsOfMySql(after)
            ? [new Finding(Tier.Unknown, "where the program keeps its data may be among it", "see that it still keeps them on the claim, in the place where they are")]
            : [];
    }

    private Finding Gone(ClaimMount mount)
    {
        var elsewhere = now.Except(was).FirstOrDefault(other => other.Container == mount.Container && other.IsInit == mount.IsInit && (other.Claim == mount.Claim || other.Path == mount.Path));
        var instead = elsewhere is null ? string.Empty
            : string.Concat(", but ", elsewhere.Claim == mount.Claim ? string.Empty : $"claim {elsewhere.Claim}", elsewhere.Place == mount.Place ? string.Empty : $"{(elsewhere.Claim == mount.Claim ? string.Empty : " ")}at {elsewhere.Place}");
        var says = $"container {mount.Container}: claim {mount.Claim} is no longer mounted at {mount.Place}{instead}";
        return mount.IsInit
            ? new Finding(Tier.Unknown, $"init {says}: whether the others find what it prepares is not known")
            : new Finding(Tier.DataAtRisk, $"{says}: its program starts EMPTY beside the data, which stay in the claim", "leave mountPath and subPath of the claim as they are");
    }

    /// <summary>A container with claims goes, and another comes that is not the same under another name.</summary>
    private IEnumerable<Finding> Successors()
    {
        var came = Names(after, isInit: false).Except(Names(before, isInit: false)).ToList();
        return from gone in was.Where(mount => !mount.IsInit && !Names(after, isInit: false).Contains(mount.Container)).DistinctBy(mount => mount.Container)
               where came.Count > 0 && !came.Exists(name => IsSame(gone.Container, name))
               select new Finding(
                   Tier.Unknown, $"container {gone.Container}, which has claim {gone.Claim} mounted, goes and {string.Join(", ", came)} comes: whether it finds and reads what the one before it wrote is not known",
                   "leave the container's name as it is");
    }

    /// <summary>Claims that go out of use with the containers that mounted them.</summary>
    private IEnumerable<Finding> Orphans() => was.Where(mount => !mount.IsInit).Select(mount => mount.Claim).Except(now.Where(mount => !mount.IsInit).Select(mount => mount.Claim))
        .Select(claim => new Finding(Tier.DataAtRisk, $"no container mounts claim {claim} any more: what is in it is out of reach", "leave mountPath and subPath of the claim as they are"));

    private bool IsSame(string gone, string came) => PodContainers.Image(before, gone) == PodContainers.Image(after, came) && !Places(was, gone).Except(Places(now, came)).Any();

    private static IEnumerable<(string Claim, string Place)> Places(IEnumerable<ClaimMount> mounts, string container) =>
        mounts.Where(mount => !mount.IsInit && mount.Container == container).Select(mount => (mount.Claim, mount.Place));

    private static IEnumerable<string> Names(Manifest owner, bool isInit) =>
        (isInit ? new StatefulSetView(owner).InitContainers : new StatefulSetView(owner).Containers).Select(container => Text(container["name"]));
}
