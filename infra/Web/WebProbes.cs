using Infra.Workloads;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Web;

/// <summary>How the cluster tells a web server that works from one that does not.</summary>
/// <param name="port">The port that the server listens on.</param>
/// <param name="ownPages">
/// Whether the pages come from a volume of the user's. Such a volume starts empty and the server then rightly answers 403, so that only the
/// connection can be judged and not the answer.
/// </param>
internal sealed class WebProbes(NamedPort port, bool ownPages)
{
    /// <summary>Restarts a server that has not answered for half a minute.</summary>
    public ProbeArgs Liveness() => Probe(period: 10, timeout: 5);

    /// <summary>Takes a server out of the Service as long as it does not answer, and holds the next ordinal back until it does.</summary>
    public ProbeArgs Readiness() => Probe(period: 2, timeout: 1);

    private ProbeArgs Probe(int period, int timeout)
    {
        var probe = new ProbeArgs { PeriodSeconds = period, TimeoutSeconds = timeout, FailureThreshold = 3 };
        if (ownPages)
        {
            probe.TcpSocket = new TCPSocketActionArgs { Port = port.Name };
        }
        else
        {
            probe.HttpGet = new HTTPGetActionArgs { Path = "/", Port = port.Name };
        }

        return probe;
    }
}
