using System.Threading.Channels;
using Lab.Dns;
using Lab.Podman;
using Lab.Pods;
using Lab.Specs;
using Lab.State;

namespace Lab.Controllers;

/// <summary>Keeps one instance as its desired state says, until it is told to stop; the pods go on without it.</summary>
public sealed class ClusterController
{
    /// <summary>How often the desired state and the requests are looked at, where nothing else wakes the controller.</summary>
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan CarePeriod = TimeSpan.FromSeconds(5);

    private readonly LabFolder _folder;
    private readonly TimeProvider _time;
    private readonly ClusterParts _parts;
    private readonly Dictionary<string, IPod> _pods = [];
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly EventLog _events;
    private readonly SetController _sets;
    private readonly JobController _jobs;
    private readonly CronController _crons;
    private readonly ClusterState? _earlier;
    private DesiredState _desired = new();
    private DesiredCluster _objects = new();
    private DateTime _desiredWritten;
    private bool _claimsAreThere;
    private string? _failure;
    private string _dnsAddress = "";

    /// <summary>A controller of one instance; not running yet.</summary>
    /// <param name="folder">The instance's folder.</param>
    /// <param name="images">Finds images.</param>
    /// <param name="time">The clock.</param>
    public ClusterController(LabFolder folder, Func<PodmanClient, Images.IImages> images, TimeProvider? time = null)
    {
        _folder = folder;
        _time = time ?? TimeProvider.System;
        folder.Create();
        _earlier = StateFile.Read(folder);
        _events = new EventLog(_time, _earlier?.Events ?? []);
        _parts = new ClusterParts(folder, images, () => _objects, _time);
        _sets = new SetController(_pods, (set, ordinal) => BringToLife(PodRecord.Create(set, ordinal, _time.GetUtcNow()), adopt: false), _time);
        _jobs = new JobController(folder, _pods, (job, uid) => BringToLife(PodRecord.Create(job, uid, _time.GetUtcNow()), adopt: false), _events.Add, _time);
        _crons = new CronController(_earlier?.CronJobs ?? [], _jobs, _events.Add, _time);
    }

    /// <summary>Runs until cancelled; then lets go of the pods and leaves them running.</summary>
    /// <exception cref="ClusterException">Another controller has the instance, or podman cannot make its network.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var held = ControllerLock.Take(_folder);
        _parts.Podman.Configure();
        var network = await PodNetwork.EnsureAsync(_folder, _parts.Podman).ConfigureAwait(false);
        _dnsAddress = network.Gateway;
        await PauseImage.EnsureAsync(_folder, _parts.Podman).ConfigureAwait(false);
        _parts.Connect(network);
        ReadDesired();
        foreach (var record in PodRecord.LoadAll(_folder))
        {
            _pods[record.Uid] = BringToLife(record, adopt: true);
        }

        try
        {
            await KeepAsync(network, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            await Task.WhenAll(_pods.Values.Select(pod => pod.DisposeAsync().AsTask())).ConfigureAwait(false);
        }
    }

    private async Task KeepAsync(PodNetwork network, CancellationToken cancel)
    {
        var cared = DateTimeOffset.MinValue;
        for (var changed = true; ; changed = await WaitAsync(cancel).ConfigureAwait(false))
        {
            if (_time.GetUtcNow() - cared > CarePeriod)
            {
                cared = _time.GetUtcNow();
                await _parts.Dns.EnsureAsync(network).ConfigureAwait(false);
            }

            // That a pod has been ready for long enough, or that a Job is due, nothing but the clock tells.
            if (ReadDesired() | TakeRequests() | changed | _objects.Sets.Any(set => set.MinReadySeconds > 0) | _jobs.Next <= _time.GetUtcNow() | _crons.Next <= _time.GetUtcNow())
            {
                await EnsureClaimsAsync().ConfigureAwait(false);
                foreach (var gone in _pods.Values.Where(pod => pod.IsGone).ToList())
                {
                    _pods.Remove(gone.Record.Uid);
                }

                var crons = _failure is null ? _crons.Reconcile(_objects.CronJobs) : [];
                var jobs = _failure is null ? _jobs.Reconcile(_objects.Jobs) : [];
                var sets = _failure is null ? _sets.Reconcile(_objects.Sets, jobs) : [];
                var states = _pods.Values.Select(pod => pod.State)
                    .OrderBy(pod => pod.Namespace).ThenBy(pod => pod.Job.Length > 0).ThenBy(pod => pod.Set).ThenBy(pod => pod.Ordinal).ThenBy(pod => pod.CreatedAt).ToList();
                _parts.Dns.Publish(DnsRecords.Of(_objects.Services, states, _desired.BlockedNames));
                Publish(sets, states, jobs, crons);
            }
        }
    }

    private async Task EnsureClaimsAsync()
    {
        foreach (var claim in _claimsAreThere ? [] : _objects.Claims)
        {
            try
            {
                await _parts.Claims.EnsureAsync(claim.Namespace, claim.Name).ConfigureAwait(false);
            }
            catch (ClusterException failure)
            {
                // Pods that need it wait for it, and say so.
                _events.Add(claim.Namespace, claim.Name, "ProvisioningFailed", failure.Message);
                return;
            }
        }

        _claimsAreThere = true;
    }

    private bool ReadDesired()
    {
        var written = File.GetLastWriteTimeUtc(_folder.Desired);
        if (written == _desiredWritten)
        {
            return false;
        }

        _desiredWritten = written;
        _desired = DesiredState.Read(_folder);
        try
        {
            _objects = DesiredCluster.Read([.. _desired.Manifests(), .. _desired.RetiredData()]);
            _failure = null;
            _claimsAreThere = false;
            RefreshVolumes();
        }
        catch (ClusterException wrong)
        {
            _failure = wrong.Message;
        }

        return true;
    }

    private void RefreshVolumes()
    {
        foreach (var pod in _pods.Values.Where(pod => pod.Record.DeletedAt is null))
        {
            try
            {
                _parts.Volumes.Refresh(pod.Record);
            }
            catch (ClusterException missing)
            {
                // As in Kubernetes, the files that are there stay.
                _events.Add(pod.Record.Namespace, pod.Record.Name, "FailedMount", missing.Message);
            }
        }
    }

    private bool TakeRequests()
    {
        var requests = DeleteRequest.TakeAll(_folder);
        foreach (var request in requests)
        {
            if (_pods.TryGetValue(request.Uid, out var pod))
            {
                pod.Delete(request.GraceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : pod.Record.Grace);
            }
        }

        var runs = RunRequest.TakeAll(_folder);
        foreach (var run in runs)
        {
            // One that has gone in this moment is none to run; whoever asked sees that no Job comes.
            if (_objects.CronJobs.FirstOrDefault(cron => cron.Namespace == run.Namespace && cron.Name == run.CronJob) is { } cron)
            {
                _crons.Run(cron, run.Job);
            }
        }

        return requests.Count + runs.Count > 0;
    }

    private Pod BringToLife(PodRecord record, bool adopt)
    {
        if (!adopt)
        {
            record.Save(_folder);
            _events.Add(record.Namespace, record.Name, "Created", record.Job.Length > 0 ? $"Pod of Job {record.Job}" : $"Pod of {record.Set}, revision {record.Revision}");
        }

        var earlier = adopt ? _earlier?.Pods.FirstOrDefault(pod => pod.Uid == record.Uid) ?? new PodState { Since = record.CreatedAt } : null;
        return new Pod(record, _folder, new PodContext(_parts.Pods, _time, Wake, Happened), earlier);

        void Happened(string reason, string message)
        {
            _events.Add(record.Namespace, record.Name, reason, message);
            Wake();
        }
    }

    private void Publish(IReadOnlyList<SetState> sets, IReadOnlyList<PodState> pods, IReadOnlyList<JobState> jobs, IReadOnlyList<CronJobState> crons) => StateFile.Write(_folder, new ClusterState
    {
        Instance = _folder.Id,
        Generation = _desired.Generation,
        WrittenAt = _time.GetUtcNow(),
        Failure = _failure,
        DnsAddress = _dnsAddress,
        Sets = sets,
        Pods = pods,
        Jobs = jobs,
        CronJobs = crons,
        Events = _events.All,
    });

    private void Wake() => _wakes.Writer.TryWrite(true);

    // True when something has changed, false when it is only time to look at the files again.
    private async Task<bool> WaitAsync(CancellationToken cancel)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        look.CancelAfter(LookPeriod);
        try
        {
            return await _wakes.Reader.ReadAsync(look.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
