using System.Text.Json;

namespace Lab.Controllers;

/// <summary>A client's request to delete one pod: a file that the controller takes away.</summary>
/// <param name="Uid">The pod's own number, so that its successor is not meant.</param>
/// <param name="GraceSeconds">Seconds for it to end in order; null for what its template says.</param>
public sealed record DeleteRequest(string Uid, double? GraceSeconds)
{
    private const string Ending = ".delete.json";

    /// <summary>Leaves the request for the controller.</summary>
    public void Send(LabFolder folder) =>
        AtomicFile.Write(Path.Combine(folder.Requests, Guid.NewGuid().ToString("N") + Ending), JsonSerializer.Serialize(this));

    /// <summary>Takes all requests there are.</summary>
    public static IReadOnlyList<DeleteRequest> TakeAll(LabFolder folder)
    {
        var taken = new List<DeleteRequest>();
        foreach (var file in Directory.EnumerateFiles(folder.Requests, "*" + Ending))
        {
            taken.Add(JsonSerializer.Deserialize<DeleteRequest>(File.ReadAllText(file))!);
            File.Delete(file);
        }

        return taken;
    }
}
