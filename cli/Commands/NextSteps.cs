using Lab.Manifests;

namespace Cli.Commands;

/// <summary>The commands to try when a stack is up.</summary>
internal static class NextSteps
{
    /// <summary>The lines for a stack.</summary>
    public static IEnumerable<string> For(string stack, IReadOnlyList<Manifest> manifests)
    {
        var option = StackOptions.Of(stack);
        foreach (var set in manifests.Where(manifest => manifest.Kind == "StatefulSet" && PodContainers.Any(manifest, Status.MySqlStatus.Container)))
        {
            var identity = new Infra.Identity.StatefulIdentity(set.Name, $"{set.Body["spec"]?["serviceName"]}", 1);
            var port = Infra.MySql.MySqlPorts.Server.Number;
            var read = Infra.MySql.ReadService.NameFor(set.Name);
            var write = Infra.MySql.WriteService.NameFor(set.Name);
            yield return manifests.Any(manifest => manifest.Kind == "Service" && manifest.Namespace == set.Namespace && manifest.Name == write)
                ? $"write    {write}:{port}, {identity.PrimaryHost}:{port}   ./dev sql{option} {write} \"create database shop\""
                : $"write    {identity.PrimaryHost}:{port}   ./dev sql{option} {identity.PrimaryHost} \"create database shop\"";
            yield return $"read     {read}:{port}   ./dev sql{option} {read} \"show databases\"";
        }

        yield return $"scale    ./dev up{option} -c mysql[0].replicas=5";
        yield return $"stop     ./dev down{option}   (keeps the claims; --purge removes them)";
    }
}
