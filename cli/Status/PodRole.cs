using Infra.MySql;
using Infra.Workloads;

namespace Cli.Status;

/// <summary>What a pod is in its system.</summary>
internal static class PodRole
{
    /// <summary>As its server says, or else, where it has none, as its labels do.</summary>
    /// <param name="server">What its server says; null where there is none.</param>
    /// <param name="labels">The pod's labels.</param>
    public static string Of(MySqlStatus? server, IEnumerable<KeyValuePair<string, string>>? labels) =>
        server?.Role ?? (labels?.Contains(KeyValuePair.Create(WorkloadLabels.Component, MySqlArchive.Part)) == true ? MySqlArchive.Part : string.Empty);
}
