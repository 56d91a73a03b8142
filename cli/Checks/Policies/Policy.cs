namespace Cli.Checks.Policies;

/// <summary>What holds for the objects of any folder, whoever rendered it: what linters of Kubernetes objects ask for.</summary>
/// <param name="Id">Its name: the one that a linter has for it.</param>
/// <param name="Source">Which linters have it, and under what name where that is another.</param>
/// <param name="Demand">What is held.</param>
/// <param name="Mend">What puts a breach right.</param>
/// <param name="Broken">Finds what breaks it.</param>
internal sealed record Policy(string Id, string Source, string Demand, string Mend, Func<PolicyObjects, IEnumerable<Breach>> Broken);
