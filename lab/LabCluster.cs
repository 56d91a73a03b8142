using Lab.Controllers;
using Lab.Dns;
using Lab.Manifests;
using Lab.Podman;
using Lab.Pods;
using Lab.Processes;
using Lab.Specs;
using Lab.State;

namespace Lab;

/// <summary>An instance of the lab as its users see it: what runs, what is wanted, and the things one does to pods.</summary>
/// <param name="folder">The instance's folder.</param>
/// <remarks>A controller has to run for anything to change: <see cref="LabDaemon"/>, or <see cref="ClusterController"/> in this process.</remarks>
public sealed class LabCluster(LabFolder folder)
{
    private readonly CommandRunner _runner = new();

    /// <summary>The instance's folder.</summary>
    public LabFolder Folder { get; } = folder;

    /// <summary>What runs, as the controller last saw it; an empty state where nothing ever ran.</summary>
    public ClusterState State => StateFile.Read(Folder) ?? new ClusterState { Instance = Folder.Id };

    /// <summary>The objects that are wanted now.</summary>
    public IReadOnlyList<Manifest> Manifests => DesiredState.Read(Folder).Manifests();

    /// <summary>Makes these objects, and no others, what is wanted.</summary>
    /// <returns>One line for each object that has no effect in the lab.</returns>
    /// <exception cref="ClusterException">The lab can't run one of them, or one would change what it cannot; nothing is changed then.</exception>
    public IReadOnlyList<string> Apply(IReadOnlyList<Manifest> manifests)
    {
        var wanted = DesiredCluster.Read(manifests);
        var state = State;
        wanted.RequireFrom(Before(), old => state.Jobs.Any(job => job.Expired && job.Namespace == old.Namespace && job.Name == old.Name));
        DesiredState.Change(Folder, before => before.With(manifests, state.Generation == before.Generation && state.Sets.All(set => set.IsComplete)));
        return DesiredCluster.Notes(manifests);
    }

    /// <summary>Has the name server leave a name out, and everything longer that begins with it; for tests.</summary>
    /// <param name="name">For example <c>db-0.db</c>.</param>
    public void BlockName(string name) => DesiredState.Change(Folder, before => before with { BlockedNames = [.. before.BlockedNames, name] });

    /// <summary>Takes all of <see cref="BlockName"/> back.</summary>
    public void UnblockNames() => DesiredState.Change(Folder, before => before with { BlockedNames = [] });

    /// <summary>Changes how many pods a StatefulSet wants.</summary>
    /// <exception cref="ClusterException">No StatefulSet has that name.</exception>
    public void Scale(string set, int replicas)
    {
        DesiredState.Change(Folder, before =>
        {
            var body = before.Objects.FirstOrDefault(one => new Manifest(one) is { Kind: "StatefulSet" } manifest && manifest.Name == set)
                ?? throw new ClusterException($"There is no StatefulSet {set}.");
            body["spec"]!["replicas"] = replicas;
            return before;
        });
    }

    /// <summary>Runs a CronJob now, as <c>kubectl create job --from=cronjob/NAME</c> does, and waits for the end of that Job.</summary>
    /// <param name="name">The CronJob, by name or by <c>namespace/name</c>.</param>
    /// <param name="limit">How long to wait; the Job goes on after that.</param>
    /// <param name="onLine">Called with a container's name and each line that it writes.</param>
    /// <param name="cancel">Ends the waiting, not the Job.</param>
    /// <returns>The Job: <see cref="JobState.Phase"/> tells how it ended.</returns>
    /// <exception cref="ClusterException">There is no such CronJob, the Job is not over in time, or no controller acts.</exception>
    public Task<JobState> RunCronJobAsync(string name, TimeSpan limit, Action<string, string>? onLine = null, CancellationToken cancel = default)
    {
        var state = State;
        var cron = state.CronJobs.FirstOrDefault(one => one.Name == name || $"{one.Namespace}/{one.Name}" == name)
            ?? throw new ClusterException($"There is no CronJob {name}. {(state.CronJobs.Count > 0 ? $"There are: {string.Join(", ", state.CronJobs.Select(one => one.Name))}" : "There is none at all")}.");
        return new CronRun(this, cron).RunAsync(limit, onLine ?? ((_, _) => { }), cancel);
    }

    /// <summary>Runs a Job that is wanted once: beside what else is wanted while it runs, and no longer when it is over.</summary>
    /// <param name="job">The Job.</param>
    /// <param name="limit">How long to wait; the Job is ended after that.</param>
    /// <param name="onLine">Called with a container's name and each line that it writes.</param>
    /// <param name="cancel">Ends the waiting, and the Job.</param>
    /// <returns>The Job; null when it was not over in time.</returns>
    /// <exception cref="ClusterException">It cannot be wanted, or no controller acts.</exception>
    public async Task<JobState?> RunJobAsync(Manifest job, TimeSpan limit, Action<string, string>? onLine = null, CancellationToken cancel = default)
    {
        Apply([.. Manifests, job]);
        try
        {
            return await new JobWatch(this, job.Namespace, job.Name).EndAsync(limit, onLine ?? ((_, _) => { }), cancel).ConfigureAwait(false);
        }
        finally
        {
            Apply([.. Manifests.Where(one => one.Kind != job.Kind || one.Name != job.Name || one.Namespace != job.Namespace)]);
        }
    }

    /// <summary>Finds a pod by name, or by <c>namespace/name</c>.</summary>
    /// <exception cref="ClusterException">There is none.</exception>
    public PodState Pod(string name) => FindPod(name)
        ?? throw new ClusterException($"There is no pod {name}. There are: {string.Join(", ", State.Pods.Select(pod => pod.Name))}.");

    /// <summary>Finds a pod by name, by <c>namespace/name</c>, or as the newest of a Job by <c>job/name</c>; null when there is none.</summary>
    public PodState? FindPod(string name) =>
        State.Pods.LastOrDefault(pod => pod.Name == name || $"{pod.Namespace}/{pod.Name}" == name || (pod.Job.Length > 0 && $"job/{pod.Job}" == name));

    /// <summary>Asks for a pod's deletion; its set then makes it anew.</summary>
    /// <param name="name">The pod.</param>
    /// <param name="grace">How long it may take to end in order: zero kills it, null is what its template says.</param>
    /// <returns>The pod that is being deleted; its successor has another <see cref="PodState.Uid"/>.</returns>
    /// <exception cref="ClusterException">There is no such pod.</exception>
    public PodState DeletePod(string name, TimeSpan? grace = null)
    {
        var pod = Pod(name);
        new DeleteRequest(pod.Uid, grace?.TotalSeconds).Send(Folder);
        return pod;
    }

    /// <summary>Kills a container with SIGKILL, as the kernel would.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container; the first one that isn't an init container by default.</param>
    /// <exception cref="ClusterException">It doesn't run.</exception>
    public void KillContainer(string pod, string? container = null) =>
        (WatchedProcess.Find(Running(pod, container).Pid) ?? throw new ClusterException($"A container of {pod} has just ended.")).Signal(PosixSignalNumber.Kill);

    /// <summary>Runs a program in a container.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container; the first one that isn't an init container by default.</param>
    /// <param name="arguments">The program and its arguments.</param>
    /// <param name="input">What it reads on its standard input.</param>
    /// <param name="limit">How long it may run; ten minutes by default.</param>
    /// <param name="cancel">Kills it.</param>
    /// <exception cref="ClusterException">The container doesn't run.</exception>
    public Task<CommandResult> ExecAsync(
        string pod, string? container, IReadOnlyList<string> arguments, string? input = null, TimeSpan? limit = null, CancellationToken cancel = default) =>
        new ContainerExec(_runner).RunAsync(Running(pod, container).Id, arguments, input, limit, cancel: cancel);

    /// <summary>A container's output.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container; the first one that isn't an init container by default.</param>
    /// <param name="previous">Whether the output of the run before is meant.</param>
    /// <exception cref="ClusterException">There is no such container.</exception>
    public IEnumerable<string> Logs(string pod, string? container = null, bool previous = false)
    {
        var found = Container(pod, container);
        return ContainerLog.Lines(previous ? found.PreviousLog : found.Log);
    }

    /// <summary>All claims, also those whose pods are gone.</summary>
    public Task<IReadOnlyList<Claim>> ClaimsAsync() => Claims().ListAsync();

    /// <summary>Makes a claim of a fixed size before its pod does: a small disk that can be full.</summary>
    /// <param name="name">The claim, such as <c>data-db-1</c>.</param>
    /// <param name="megabytes">Its size.</param>
    /// <param name="namespace">Its namespace.</param>
    /// <exception cref="ClusterException">It is there already, or cannot be made.</exception>
    public Task CreateClaimAsync(string name, int megabytes, string @namespace = Manifest.DefaultNamespace) =>
        Claims().CreateSizedAsync(@namespace, name, megabytes);

    /// <summary>The addresses a name has for a pod in a namespace; none when it doesn't exist.</summary>
    /// <exception cref="ClusterException">The name server doesn't answer, as when no pod runs.</exception>
    public Task<IReadOnlyList<string>> ResolveAsync(string name, string @namespace = Manifest.DefaultNamespace, CancellationToken cancel = default) =>
        DnsQuery.ResolveAsync(State.DnsAddress, name, @namespace, cancel);

    // What an older lab took and this one does not is nothing to hold anyone to.
    private DesiredCluster Before()
    {
        try
        {
            return DesiredCluster.Read(Manifests);
        }
        catch (ClusterException)
        {
            return new DesiredCluster();
        }
    }

    private ContainerState Running(string pod, string? container) =>
        Container(pod, container) is { Id.Length: > 0 } running ? running
            : throw new ClusterException($"Container {container ?? "(first)"} of {pod} doesn't run.", Container(pod, container).Last?.LastLines);

    private ContainerState Container(string pod, string? container)
    {
        var containers = Pod(pod).Containers;
        return containers.FirstOrDefault(one => container is null ? !one.Init : one.Name == container)
            ?? throw new ClusterException($"Pod {pod} has no container {container}. It has: {string.Join(", ", containers.Select(one => one.Name))}.");
    }

    private ClaimStore Claims()
    {
        var podman = new PodmanClient(Folder, _runner);
        Folder.Create();
        podman.Configure();
        return new ClaimStore(Folder, podman, _runner);
    }
}
