using System.Globalization;
using Infra.Workloads;
using Pulumi;

namespace Infra.MySql;

/// <summary>A file of <c>Metrics/</c> with the cluster's own names in the place of <c>@name@</c> and its like; the files are what tools for them read, too.</summary>
internal static class MetricsText
{
    /// <summary>A lag that is worth an alert where a replica may be however far behind and still serve readers, in seconds.</summary>
    private const int LagWithoutLimit = 300;

    /// <summary>The file's text for a cluster.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="scope">What the cluster's objects share.</param>
    /// <param name="args">The cluster's arguments.</param>
    /// <param name="namespace">The namespace that the cluster is in.</param>
    public static Output<string> Of(string file, WorkloadScope scope, MySqlClusterArgs args, Output<string> @namespace) => Output
        .Tuple(@namespace, (args.MaxLagSeconds ?? MySqlDefaults.MaxLagSeconds).ToOutput())
        .Apply(known => EmbeddedFile.Read($"Metrics/{file}")
            .Replace("@name@", scope.Identity.Name, StringComparison.Ordinal)
            .Replace("@namespace@", known.Item1, StringComparison.Ordinal)
            .Replace("@replicas@", Text(scope.Identity.Replicas), StringComparison.Ordinal)
            .Replace("@maxLagSeconds@", Text(known.Item2 > 0 ? known.Item2 : LagWithoutLimit), StringComparison.Ordinal));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
