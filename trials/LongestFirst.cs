using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Trials.LongestFirst", "Trials")]

namespace Trials;

/// <summary>
/// Classes run side by side, the tests of one in turn. Those that take longest begin, so that none is left to run alone when the others are over; after them, whatever order they come in.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly IReadOnlyList<string> First =
    [
        .. new[]
        {
            typeof(Backup.ArchiveTests), typeof(Readme.LongCommandTests), typeof(Faults.Clone.CertificateTests), typeof(Faults.Clone.RootTests), typeof(Faults.Clone.HistoryTests),
            typeof(Faults.Clone.MembershipTests), typeof(Faults.Classic.ClassicTests), typeof(Backup.BucketTests), typeof(Upgrades.UpgradeTests), typeof(Metrics.MetricsTests),
        }.Select(type => type.FullName!),
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Place);

    // A class that is in no collection is one by itself, with its name at the end.
    private static int Place(ITestCollection collection) => First.TakeWhile(name => !collection.DisplayName.EndsWith(' ' + name, StringComparison.Ordinal)).Count();
}
