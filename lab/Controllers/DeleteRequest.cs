namespace Lab.Controllers;

/// <summary>A client's request to delete one pod.</summary>
/// <param name="Uid">The pod's own number, so that its successor is not meant.</param>
/// <param name="GraceSeconds">Seconds for it to end in order; null for what its template says.</param>
public sealed record DeleteRequest(string Uid, double? GraceSeconds)
{
    private const string Ending = ".delete.json";

    /// <summary>Leaves the request for the controller.</summary>
    public void Send(LabFolder folder) => Request.Send(folder, this, Ending);

    /// <summary>Takes all requests there are.</summary>
    public static IReadOnlyList<DeleteRequest> TakeAll(LabFolder folder) => Request.TakeAll<DeleteRequest>(folder, Ending);
}
