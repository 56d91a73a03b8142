using System.Text.Json;

namespace Lab.Controllers;

/// <summary>What a client asks of the controller: a file that the controller takes away.</summary>
internal static class Request
{
    /// <summary>Leaves a request for the controller.</summary>
    /// <param name="folder">The instance's folder.</param>
    /// <param name="request">The request.</param>
    /// <param name="ending">How the files of such requests end.</param>
    public static void Send<T>(LabFolder folder, T request, string ending) =>
        AtomicFile.Write(Path.Combine(folder.Requests, Guid.NewGuid().ToString("N") + ending), JsonSerializer.Serialize(request));

    /// <summary>Takes all requests of a sort that there are.</summary>
    public static IReadOnlyList<T> TakeAll<T>(LabFolder folder, string ending)
    {
        var taken = new List<T>();
        foreach (var file in Directory.EnumerateFiles(folder.Requests, "*" + ending))
        {
            taken.Add(JsonSerializer.Deserialize<T>(File.ReadAllText(file))!);
            File.Delete(file);
        }

        return taken;
    }
}
