using Lab.Manifests;

namespace Tests.Clusters;

/// <summary>The objects of an etcd cluster of three members that know each other by their names from the start.</summary>
internal static class EtcdManifests
{
    /// <summary>The headless Service and the StatefulSet.</summary>
    /// <remarks>
    /// The probes ask the port for peers and not for health: a first member alone has no quorum, and the second is made only when it is ready.
    /// Names are published before their pods are ready, so that members find each other while none of them is.
    /// </remarks>
    public static IReadOnlyList<Manifest> Three() =>
    [
        Manifest.Parse("""
            {"apiVersion": "v1", "kind": "Service",
             "metadata": {"name": "etcd", "labels": {"app.kubernetes.io/name": "etcd", "app.kubernetes.io/instance": "etcd"}},
             "spec": {
              "clusterIP": "None",
              "publishNotReadyAddresses": true,
              "selector": {"app.kubernetes.io/name": "etcd", "app.kubernetes.io/instance": "etcd"},
              "ports": [{"name": "client", "port": 2379, "targetPort": "client"}, {"name": "peer", "port": 2380, "targetPort": "peer"}]}}
            """),
        Manifest.Parse("""
            {"apiVersion": "apps/v1", "kind": "StatefulSet",
             "metadata": {"name": "etcd", "labels": {"app.kubernetes.io/name": "etcd", "app.kubernetes.io/instance": "etcd"}},
             "spec": {
              "serviceName": "etcd", "replicas": 3, "podManagementPolicy": "OrderedReady",
              "selector": {"matchLabels": {"app.kubernetes.io/name": "etcd", "app.kubernetes.io/instance": "etcd"}},
              "template": {
               "metadata": {"labels": {"app.kubernetes.io/name": "etcd", "app.kubernetes.io/instance": "etcd"}},
               "spec": {
                "securityContext": {"runAsNonRoot": true, "runAsUser": 65532, "runAsGroup": 65532, "fsGroup": 65532, "seccompProfile": {"type": "RuntimeDefault"}},
                "topologySpreadConstraints": [
                 {"maxSkew": 1, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": {"matchLabels": {"app.kubernetes.io/name": "etcd"}}}],
                "containers": [
                 {"name": "etcd",
                  "image": "quay.io/coreos/etcd:v3.5.21",
                  "command": [
                   "etcd",
                   "--name=$(POD_NAME)",
                   "--data-dir=/var/lib/etcd/data",
                   "--listen-peer-urls=http://0.0.0.0:2380",
                   "--listen-client-urls=http://0.0.0.0:2379",
                   "--initial-advertise-peer-urls=http://$(POD_NAME).etcd:2380",
                   "--advertise-client-urls=http://$(POD_NAME).etcd:2379",
                   "--initial-cluster=etcd-0=http://etcd-0.etcd:2380,etcd-1=http://etcd-1.etcd:2380,etcd-2=http://etcd-2.etcd:2380"],
                  "env": [{"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
                  "ports": [{"name": "client", "containerPort": 2379}, {"name": "peer", "containerPort": 2380}],
                  "readinessProbe": {"tcpSocket": {"port": "peer"}, "periodSeconds": 2},
                  "livenessProbe": {"tcpSocket": {"port": "peer"}, "periodSeconds": 10},
                  "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}},
                  "securityContext": {"allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "capabilities": {"drop": ["ALL"]}},
                  "volumeMounts": [{"name": "data", "mountPath": "/var/lib/etcd"}]}]}},
              "volumeClaimTemplates": [
               {"metadata": {"name": "data"}, "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}]}}
            """),
    ];
}
