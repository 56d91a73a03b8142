using Cli.Checks.Policies;

namespace Cli.Checks;

/// <summary>Something that a check found, as it is told.</summary>
/// <param name="File">The file that the object comes from: a manifest, or the stack's settings.</param>
/// <param name="Line">Where the object begins in it, from 1 on.</param>
/// <param name="Subject">The object, as <c>Kind/name</c>.</param>
/// <param name="Namespace">The object's namespace; empty where a check says none.</param>
/// <param name="Path">Where in the object; empty where it is about the whole of it.</param>
/// <param name="Check">The check, such as <c>latest-tag</c>.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Mend">What puts it right; empty where what is wrong says it.</param>
internal sealed record Finding(string File, int Line, string Subject, string Namespace, string Path, string Check, string What, string Mend)
{
    /// <summary>The check of everything that only stacks of this project have to keep.</summary>
    public const string Invariant = "invariant";

    /// <summary>The check of what a cluster has or lacks.</summary>
    public const string Cluster = "cluster";

    /// <summary>What is wrong with a stack's objects by themselves, or in a cluster.</summary>
    public static Finding Of(Violation violation, string file, string check) => new(file, 1, violation.Subject, string.Empty, string.Empty, check, violation.Sentence, string.Empty);

    /// <summary>Every policy that objects break, object by object.</summary>
    /// <param name="objects">The objects with where each comes from.</param>
    /// <param name="except">The policies that are not asked for.</param>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<ManifestSource> objects, IReadOnlyCollection<string> except)
    {
        var all = new PolicyObjects([.. objects.Select(one => one.Manifest)]);
        var places = objects.Index().ToDictionary(one => one.Item.Manifest, one => (one.Index, one.Item));
        return
        [
            .. from policy in PolicyTable.All
               where !except.Contains(policy.Id)
               from breach in policy.Broken(all)
               let place = places[breach.Manifest]
               orderby place.Index
               select new Finding(
                   place.Item.File, place.Item.Line, $"{breach.Manifest.Kind}/{breach.Manifest.Name}", breach.Manifest.Namespace, breach.Path, policy.Id, breach.Sentence, policy.Mend),
        ];
    }

    /// <summary>As a line for people.</summary>
    public string Sentence => $"{File}: {Subject}{(Path.Length > 0 ? $" {Path}" : "")}: {What}{(Mend.Length > 0 ? $"; {Mend}" : "")}{(Check == Invariant ? "" : $" ({Check})")}";
}
