using k8s.Models;

namespace Lab.Specs;

/// <summary>What is done at points of a container's life, done as a check is.</summary>
internal static class LifecycleProbe
{
    /// <summary>The check that does it.</summary>
    public static V1Probe AsProbe(this V1LifecycleHandler handler, int timeoutSeconds) =>
        new() { Exec = handler.Exec, HttpGet = handler.HttpGet, TcpSocket = handler.TcpSocket, TimeoutSeconds = timeoutSeconds };
}
