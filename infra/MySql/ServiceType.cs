namespace Infra.MySql;

/// <summary>From where a Service can be reached.</summary>
public enum ServiceType
{
    /// <summary>From within the cluster.</summary>
    ClusterIP,

    /// <summary>Also from outside, at a port of every node, which the cluster chooses.</summary>
    NodePort,

    /// <summary>Also from outside, at an address of its own, which the cloud or a controller in the cluster gives it.</summary>
    LoadBalancer,
}
