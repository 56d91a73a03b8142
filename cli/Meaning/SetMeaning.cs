using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>What changes of a StatefulSet's fields mean, given the set and what is around it.</summary>
internal static class SetMeaning
{
    /// <summary>Fields of a pod whose default may be said aloud or left out: the template that the API server keeps is the same, and no pod restarts.</summary>
    public static IReadOnlyList<(string Field, string Value)> Defaults { get; } =
    [
        ("restartPolicy", "Always"), ("dnsPolicy", "ClusterFirst"), ("schedulerName", "default-scheduler"), ("terminationGracePeriodSeconds", "30"), ("enableServiceLinks", "true"), ("securityContext", "{}"),
        ("containers[*].terminationMessagePath", "/dev/termination-log"), ("containers[*].terminationMessagePolicy", "File"), ("containers[*].ports[*].protocol", "TCP"),
        ("containers[*].*.timeoutSeconds", "1"), ("containers[*].*.periodSeconds", "10"), ("containers[*].*.successThreshold", "1"), ("containers[*].*.failureThreshold", "3"),
    ];

    /// <summary>A field that replaces the set.</summary>
    public static IEnumerable<Finding> Replacement(ChangeContext context) => Set(context).Replacement();

    /// <summary>Any field of the template.</summary>
    public static IEnumerable<Finding> Template(ChangeContext context) => Set(context).Rolls();

    /// <summary>A field of the template that has a default.</summary>
    public static IEnumerable<Finding> Default(ChangeContext context, string value) => Says(context.Field.Before, value) && Says(context.Field.After, value)
        ? [new Finding(Tier.NothingRestarts, $"{value} is the default, said aloud or left out: the pods' template stays the same")]
        : Template(context);

    /// <summary>The headless Service's name.</summary>
    public static IEnumerable<Finding> ServiceName(ChangeContext context) =>
        [.. Replacement(context), new Finding(Tier.Replaced, $"a pod is known as <pod>.{context.Field.After} once it has restarted, and by its old name until then")];

    /// <summary>The labels by which the set finds its pods.</summary>
    public static IEnumerable<Finding> Selector(ChangeContext context)
    {
        var labels = Labels(context.After).Where(label => $"{Labels(context.Before)[label.Key]}" != $"{label.Value}").Select(label => $"{label.Key}={label.Value}").ToList();
        var pods = Labels(context.Before).Select(label => $"{label.Key}={label.Value}");
        return
        [
            .. Replacement(context),
            labels.Count == 0
                ? new Finding(Tier.Replaced, "its pods have all labels that it asks for, and are adopted")
                : new Finding(
                    Tier.Replaced,
                    $"pods without the labels {string.Join(", ", labels)} are not adopted, and no others can be made while they hold the names: Services that select these labels lose them",
                    $"label the pods first: kubectl -n {context.Before.Namespace} label pods -l {string.Join(",", pods)} {string.Join(" ", labels)}"),
        ];
    }

    /// <summary>Whether pods wait for each other.</summary>
    public static IEnumerable<Finding> Policy(ChangeContext context) => $"{context.Field.After}" == "Parallel" && Set(context).IsMySql
        ? [.. Replacement(context), new Finding(Tier.Replaced, "all servers start at once from then on: a new one may find no server to be seeded from")]
        : Replacement(context);

    /// <summary>The size of claims.</summary>
    public static IEnumerable<Finding> Storage(ChangeContext context)
    {
        var claims = ClaimsOf(context);
        var grow = Size(context.Field.After) > Size(context.Field.Before);
        if (ClaimMeaning.AreRegistered(claims, context.After.Namespace, context.Head))
        {
            return grow
                ? [.. ButClaims(context), Growth(context, claims)]
                : [ClaimMeaning.Refused($"the claims {SetChange.Names(claims)} never shrink, from {context.Field.Before} to {context.Field.After}")];
        }

        return
        [
            .. Replacement(context),
            new Finding(
                Tier.Replaced,
                $"the claims {SetChange.Names(claims)} keep {context.Field.Before}; {context.Field.After} is for new ordinals only{(grow ? string.Empty : ", whose copy of the data has less room than the original")}",
                grow && SetChange.Pods(context.Before).Count > 0
                    ? $"let each claim grow, where its storage class allows it (allowVolumeExpansion), then deploy: kubectl -n {context.Before.Namespace} patch pvc {claims[0]} -p '{{\"spec\":{{\"resources\":{{\"requests\":{{\"storage\":\"{context.Field.After}\"}}}}}}}}' and so on to {claims[^1]}"
                    : null),
        ];
    }

    /// <summary>What becomes of claims that are objects of their own: of an earlier deployment that did not come to its end, some or all have grown already.</summary>
    private static Finding Growth(ChangeContext context, IReadOnlyList<string> claims)
    {
        var grown = context.Base.Where(one => one.Kind == "PersistentVolumeClaim" && one.Namespace == context.After.Namespace && Size(one.Body["spec"]?["resources"]?["requests"]?["storage"]) >= Size(context.Field.After))
            .Select(one => one.Name).ToHashSet();
        var left = claims.Where(claim => !grown.Contains(claim)).ToList();
        return new Finding(Tier.Replaced, left.Count == 0
            ? $"the claims {SetChange.Names(claims)} ask for {context.Field.After} already"
            : $"before that the claims {SetChange.Names(left)} grow to {context.Field.After}, one by one from the highest ordinal down; no pod restarts, unless the storage class needs it");
    }

    /// <summary>Any other field of a claim's template.</summary>
    public static IEnumerable<Finding> Claim(ChangeContext context)
    {
        var claims = ClaimsOf(context);
        if (ClaimMeaning.AreRegistered(claims, context.After.Namespace, context.Head))
        {
            return context.Field.Path.Step(3) == "metadata"
                ? [.. ButClaims(context), new Finding(Tier.Replaced, $"the claims {SetChange.Names(claims)} get it, too")]
                : [ClaimMeaning.Refused($"the claims {SetChange.Names(claims)} keep their {ClaimMeaning.What(context.Field.Path)}")];
        }

        return
        [
            .. Replacement(context),
            new Finding(
                Tier.Replaced, $"the claims {SetChange.Names(claims)} keep what they have; {context.Field.Path.Last} is for new ordinals only",
                Set(context).IsMySql ? "to move servers over: delete the claim and the pod of one replica at a time, the highest first, and wait until it is seeded again; the primary has none to be seeded from while it runs" : null),
        ];
    }

    /// <summary>A claim's template that comes or goes.</summary>
    public static IEnumerable<Finding> ClaimTemplates(ChangeContext context)
    {
        var gone = context.Field.After is null;
        return context.Field switch
        {
            { Path.Last: var name, Before: not null, After: null } => [.. Replacement(context), new Finding(Tier.DataAtRisk, $"no pod mounts claim {name} any more: what is in {SetChange.Names(ClaimsOf(context))} stays there, and the pods are without it", "keep the name of the claim's template")],
            { Path.Last: var name, Before: null } when ReplacesAnother(context) =>
                [.. Replacement(context), new Finding(Tier.DataAtRisk, $"the claims of template {name} are new and EMPTY; the data stay in claims of the old name", "keep the name of the claim's template")],
            { Path.Last: var name, Before: null } => [.. Replacement(context), new Finding(Tier.Replaced, $"each pod gets an empty claim {name} when it restarts")],
            { IsReordered: true } => Replacement(context),
            _ => [.. Replacement(context), new Finding(Tier.Unknown, "its claim templates cannot be told apart by name")],
        };
    }

    /// <summary>How many pods there are.</summary>
    public static IEnumerable<Finding> Replicas(ChangeContext context) => Set(context).Scales();

    /// <summary>The first pod's number.</summary>
    public static IEnumerable<Finding> Ordinals(ChangeContext context)
    {
        var gone = SetChange.Pods(context.Before).Except(SetChange.Pods(context.After)).ToList();
        var claims = SetChange.Claims(context.Before).Except(SetChange.Claims(context.After)).ToList();
        if (SetChange.Pods(context.Before).Count == 0 && SetChange.HasClaims(context.Before))
        {
            return [new Finding(Tier.DataAtRisk, $"pods are numbered anew: of the claims {SetChange.ClaimNames(context.Before)}, those that pods left below the first number are mounted by nobody", "leave the first ordinal as it is")];
        }

        return claims.Count > 0
            ? [new Finding(Tier.DataAtRisk, $"pods are numbered anew: {SetChange.Names(gone)} stop, and the claims {SetChange.Names(claims)} are mounted by nobody", "leave the first ordinal as it is")]
            : Set(context).Scales();
    }

    /// <summary>Whether claims outlive their pods and their set.</summary>
    public static IEnumerable<Finding> Retention(ChangeContext context) => $"{context.Field.After}" == "Delete"
        ? [new Finding(Tier.DataAtRisk, $"from then on claims, and the data in them, are deleted {(context.Field.Path.Last == "whenScaled" ? "when there are fewer replicas" : "with the set")}", "leave it at Retain")]
        : [new Finding(Tier.NothingRestarts, "claims stay, from then on")];

    /// <summary>How later changes reach the pods.</summary>
    public static IEnumerable<Finding> Strategy(ChangeContext context) => context.Field.Path.Last switch
    {
        "partition" => [new Finding(Tier.NothingRestarts, "pods below the partition keep their template; without the annotation pulumi.com/waitFor pulumi waits until its time is over"), .. Released(context, SetChange.Number(context.Field.Before) ?? 0)],
        "type" when $"{context.Field.Before}" == "OnDelete" => Released(context, int.MaxValue),
        "type" => [new Finding(Tier.NothingRestarts, $"{context.Field.After ?? "RollingUpdate"}: how later changes reach the pods")],
        _ => [new Finding(Tier.NothingRestarts, "how later changes reach the pods")],
    };

    /// <summary>Whether pods outlive the set.</summary>
    public static IEnumerable<Finding> PropagationPolicy(ChangeContext context) => SetChange.HasOrphanPolicy(context.After)
        ? [new Finding(Tier.NothingRestarts, "from the next deployment on pods outlive a set that is replaced or removed; in this one they do not")]
        : [new Finding(Tier.NothingRestarts, "from the next deployment on a set that is replaced or removed stops all its pods at once", "leave it at orphan")];

    /// <summary>A container's image.</summary>
    public static IEnumerable<Finding> Image(ChangeContext context)
    {
        var (was, now) = ($"{context.Field.Before}", $"{context.Field.After}");
        var container = context.Field.Path.Step(4);
        if (!SetChange.HasClaims(context.Before))
        {
            return Template(context);
        }

        var version = Version(context, container, was, now);
        return
        [
            .. Template(context), .. version is null ? Array.Empty<Finding>() : [version],
            new Finding(Tier.PodsRoll, "an image that cannot be pulled, or never becomes ready, stops the roll at its first pod; when the image is put right, that pod has to be deleted by hand"),
        ];
    }

    /// <summary>A container that comes or goes.</summary>
    public static IEnumerable<Finding> Container(ChangeContext context)
    {
        var sidecar = Infra.MySql.Profiles.MySqlProfile.MySql57.Seeding.Sidecar;
        return context.Field.Path.Last == sidecar && Set(context).IsMySql
            ? [
                .. Mounts(context),
                context.Field.After is null
                    ? new Finding(Tier.DataAtRisk, "from mysql-5.7 to a later profile: its server crosses two series, does not start on the data of 5.7, and follows by other means", "a new cluster of the later profile beside this one: dump here, load there")
                    : new Finding(Tier.DataAtRisk, "down to mysql-5.7: its server does not read data that a later one has written", "a new cluster beside this one: dump here, load there"),
              ]
            : Mounts(context);
    }

    /// <summary>All containers as one: in another order, or not to be told apart.</summary>
    public static IEnumerable<Finding> Containers(ChangeContext context) =>
        context.Field.IsReordered ? Template(context) : [.. Mounts(context), new Finding(Tier.Unknown, "its containers cannot be told apart by name")];

    /// <summary>Where a container finds its volumes, and what is in them.</summary>
    public static IEnumerable<Finding> Mounts(ChangeContext context) =>
        [.. Template(context), .. RestoreMeaning.IsArchive(context.After) ? RestoreMeaning.Archive(context) : new ClaimMounts(context.Before, context.After).Gone()];

    /// <summary>What a container's program is told at its start.</summary>
    public static IEnumerable<Finding> Told(ChangeContext context)
    {
        var container = context.Field.Path.Step(4);
        return
        [
            .. Template(context), .. RestoreMeaning.IsArchive(context.After) ? RestoreMeaning.Archive(context) : new ClaimMounts(context.Before, context.After).Told(container),
            .. container == Cli.Status.MySqlStatus.Container ? ServerOptions.BetweenArguments(context.Field.Before, context.Field.After) : [],
        ];
    }

    /// <summary>A ConfigMap that takes the place of another: it is named after its content.</summary>
    public static IEnumerable<Finding> Configuration(ChangeContext context)
    {
        if (!Set(context).IsMySql)
        {
            return Template(context);
        }

        return Map(context.Base, context.Before, context.Field.Before) is { } was && Map(context.Head, context.After, context.Field.After) is { } now
            ? [.. Template(context), .. ServerOptions.Between(was, now)]
            : [.. Template(context), new Finding(Tier.Unknown, "the ConfigMap with the options is not among these objects")];
    }

    /// <summary>What a replacement means beside what becomes of the claims.</summary>
    private static IEnumerable<Finding> ButClaims(ChangeContext context) => Replacement(context).Where(finding => finding.Says != SetChange.ClaimsStay);

    /// <summary>What it means that pods below an ordinal take changes that they were kept from. What those were, these objects do not say; the pods themselves do, where they are among them.</summary>
    private static IEnumerable<Finding> Released(ChangeContext context, int below)
    {
        var set = Set(context);
        var pods = set.Kept(below);
        return pods.Count == 0 ? [] : [.. set.Releases(pods), .. SetChange.HasClaims(context.Before) ? pods.SelectMany(pod => Taken(context, pod)) : []];
    }

    /// <summary>What the images mean that a pod takes at last.</summary>
    private static IEnumerable<Finding> Taken(ChangeContext context, string pod)
    {
        var running = context.Base.FirstOrDefault(one => one.Kind == "Pod" && one.Namespace == context.Before.Namespace && one.Name == pod);
        if (running is null)
        {
            return PodContainers.Image(context.After, Cli.Status.MySqlStatus.Container) is { } image && Set(context).IsMySql && ServerVersion.OfKept(image, HasBackups(context)) is { } unseen ? [unseen] : [];
        }

        return from container in new Checks.StatefulSetView(context.After).Containers
               let name = $"{container["name"]}"
               let was = $"{Checks.StatefulSetView.List(running.Body["spec"]?["containers"]).FirstOrDefault(one => $"{one["name"]}" == name)?["image"]}"
               where was.Length > 0 && was != $"{container["image"]}"
               let version = Version(context, name, was, $"{container["image"]}")
               where version is not null
               select version.Tier == Tier.PodsRoll ? version with { Safely = ServerVersion.BackupFromBefore } : version;
    }

    private static bool HasBackups(ChangeContext context) => RestoreMeaning.HasBackups(context.Before, context.Base);

    /// <summary>What another image means for the data; nothing where it is of a container that has none, or goes on as before.</summary>
    private static Finding? Version(ChangeContext context, string container, string was, string now) =>
        !Set(context).IsMySql ? ServerVersion.OfOther(was, now) : container == Cli.Status.MySqlStatus.Container ? ServerVersion.OfMySql(was, now, HasBackups(context)) : null;

    private static bool ReplacesAnother(ChangeContext context)
    {
        var after = new Checks.StatefulSetView(context.After).ClaimTemplates;
        return new Checks.StatefulSetView(context.Before).ClaimTemplates.Any(template => !after.Contains(template));
    }

    private static SetChange Set(ChangeContext context) => new(context.Before, context.After);

    private static JsonObject Labels(Manifest set) => new Checks.StatefulSetView(set).Selector;

    private static Manifest? Map(IReadOnlyList<Manifest> objects, Manifest set, JsonNode? name) =>
        objects.FirstOrDefault(other => other.Kind == "ConfigMap" && other.Namespace == set.Namespace && other.Name == $"{name}");

    /// <summary>The claims of the template that the change is in.</summary>
    private static List<string> ClaimsOf(ChangeContext context) =>
        [.. SetChange.Pods(context.Before).DefaultIfEmpty($"{context.Before.Name}-*").Select(pod => $"{context.Field.Path.Step(2)}-{pod}")];

    private static double Size(JsonNode? quantity) => Quantities.Value(quantity);

    private static bool Says(JsonNode? node, string value) => node is null || node.ToString() == value;
}
