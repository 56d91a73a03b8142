namespace Lab.Controllers;

/// <summary>A client's request to run a CronJob now.</summary>
/// <param name="Namespace">The CronJob's namespace.</param>
/// <param name="CronJob">Its name.</param>
/// <param name="Job">The name of the Job that is to be made from it.</param>
public sealed record RunRequest(string Namespace, string CronJob, string Job)
{
    private const string Ending = ".run.json";

    /// <summary>Leaves the request for the controller.</summary>
    public void Send(LabFolder folder) => Request.Send(folder, this, Ending);

    /// <summary>Takes all requests there are.</summary>
    public static IReadOnlyList<RunRequest> TakeAll(LabFolder folder) => Request.TakeAll<RunRequest>(folder, Ending);
}
