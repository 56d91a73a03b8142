using System.Net;
using System.Net.Sockets;

namespace Trials.Instances;

/// <summary>A port of this machine at which nobody listens, for a program that wants its number beforehand.</summary>
internal static class FreePort
{
    /// <summary>Its number. It is free now, and nobody else here asks for it by its number.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
