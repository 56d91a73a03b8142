namespace Stacks.Settings;

/// <summary>Systems of one stack that would get in each other's way.</summary>
internal static class NameClashes
{
    /// <summary>Every name that is taken twice: of a system in the stack, or of a Service or a NetworkPolicy in a namespace.</summary>
    public static IEnumerable<Problem> In(StackSettings settings)
    {
        var systems = Systems(settings).Where(system => system.Name.Length > 0).ToList();
        var services = Same(systems, "Service", system => system.Services).ToList();
        // Of two systems that share several names one sentence says enough.
        return SameName(systems).Concat(services).Concat(Same(systems, "NetworkPolicy", system => system.Policies).Where(problem => !services.Exists(other => other.Key == problem.Key)));
    }

    private static IEnumerable<Problem> SameName(List<Taken> systems) =>
        from same in systems.GroupBy(system => system.Name)
        from later in same.Skip(1)
        select new Problem($"{later.Key}.name", $"\"{later.Name}\" is already the name of {same.First().Key}; every system of a stack has a name of its own");

    private static IEnumerable<Problem> Same(List<Taken> systems, string kind, Func<Taken, IReadOnlyList<string>> names) =>
        from taken in systems.SelectMany(system => names(system).Distinct(), (system, name) => (system, name))
        group taken by (taken.system.Namespace, taken.name) into same
        let first = same.First().system
        from later in same.Skip(1)
        where later.system.Name != first.Name
        select new Problem(
            $"{later.system.Key}.name",
            $"its {kind} \"{later.name}\" is already one of {first.Key} in namespace {first.Namespace}; another name or namespace keeps them apart");

    private static IEnumerable<Taken> Systems(StackSettings settings) =>
    [
        .. settings.MySql.Select((system, i) => new Taken(
            $"{StackSettings.MySqlKey}[{i}]", system.Name, system.Place.Namespace, system.Args.ServiceNames(system.Name), system.Args.PolicyNames(system.Name))),
        .. settings.Web.Select((system, i) => new Taken(
            $"{StackSettings.WebKey}[{i}]", system.Name, system.Place.Namespace, [system.Service], system.Args.Network?.Policy == false ? [] : [system.Name])),
    ];

    private sealed record Taken(string Key, string Name, string Namespace, IReadOnlyList<string> Services, IReadOnlyList<string> Policies);
}
