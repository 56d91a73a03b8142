namespace Trials.Soak;

/// <summary>Which faults come when: a function of the seed and the number of servers alone.</summary>
internal static class FaultPlan
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    /// <summary>The faults, without end. All kinds come before one comes again, in an order that differs each time.</summary>
    /// <param name="seed">Decides all of it.</param>
    /// <param name="servers">How many servers there are, at least 2.</param>
#pragma warning disable CA5394 // The plan is to be the same each time; nothing secret comes of it.
    public static IEnumerable<Fault> From(int seed, int servers)
    {
        var random = new Random(seed);
        for (var step = 1; ;)
        {
            var order = Kinds.ToArray();
            random.Shuffle(order);
            foreach (var kind in order)
            {
                // Drawn for every fault alike, so that one kind does not move what the others draw.
                var (any, replica) = (random.Next(servers), random.Next(1, servers));
                var (pause, share) = (TimeSpan.FromMilliseconds(random.Next(200, 3000)), random.NextDouble());
                yield return new Fault(step++, kind, Target(kind, any, replica, servers), pause, Longest(kind) * share);
            }
        }
    }
#pragma warning restore CA5394

    private static int Target(FaultKind kind, int any, int replica, int servers) => kind switch
    {
        FaultKind.SeedingKilled => servers,
        FaultKind.ScaledDownAndUp => servers - 1,
        FaultKind.ReplicationStopped or FaultKind.RelayLogTorn => replica,
        FaultKind.AllPodsKilled or FaultKind.OptionChanged => -1,
        _ => any,
    };

    private static TimeSpan Longest(FaultKind kind) => kind switch
    {
        FaultKind.SeedingKilled => TimeSpan.FromSeconds(2),
        FaultKind.ServerFrozen => TimeSpan.FromSeconds(12),
        FaultKind.ReplicationStopped => TimeSpan.FromSeconds(12),
        FaultKind.NameBlocked => TimeSpan.FromSeconds(15),
        _ => TimeSpan.FromSeconds(8),
    };
}
