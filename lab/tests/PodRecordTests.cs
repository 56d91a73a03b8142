using k8s.Models;
using Lab.Pods;
using Lab.Specs;
using Xunit;

namespace Lab.Tests;

/// <summary>A record that a controller left is read by the next one, which may be of another version.</summary>
public sealed class PodRecordTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    private LabFolder Folder => new("test", _root.Root);

    public void Dispose() => _root.Dispose();

    [Fact]
    public void One_of_the_time_before_the_models_of_Kubernetes_client_is_read()
    {
        Folder.Create();
        Directory.CreateDirectory(Folder.Pod("c0ffee"));
        _root.Write("pods/c0ffee/pod.json", """
            {"uid":"c0ffee","namespace":"shop","name":"db-1","set":"db","ordinal":1,"revision":"2221a3394c","service":"db",
            "template":{"metadata":{"name":"","labels":{"app":"db"},"annotations":{"note":"x"}},
            "spec":{"initContainers":[{"name":"first","image":"busybox","imagePullPolicy":"","command":["true"],"args":[],"workingDir":"","env":[],"envFrom":[{"prefix":"A_","configMapRef":{"name":"config","key":"","optional":true}}],"ports":[],"volumeMounts":[]}],
            "containers":[{"name":"main","image":"db:1","imagePullPolicy":"","command":[],"args":[],"workingDir":"",
            "env":[{"name":"PLAIN","value":"x"},
            {"name":"PASSWORD","value":"","valueFrom":{"secretKeyRef":{"name":"credentials","key":"password","optional":false}}},
            {"name":"POD","value":"","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],
            "envFrom":[],"ports":[{"name":"client","containerPort":2379}],"volumeMounts":[{"name":"data","mountPath":"/data","subPath":"inner","readOnly":false},{"name":"config","mountPath":"/etc/config","subPath":"","readOnly":true}],
            "resources":{"requests":{"cpu":"0.5"},"limits":{"memory":"1Gi"}},"securityContext":{"runAsUser":1003,"readOnlyRootFilesystem":false,"allowPrivilegeEscalation":true,"privileged":false,"capabilities":{"add":[],"drop":["ALL"]}},
            "startupProbe":{"httpGet":{"path":"/","port":"client","scheme":"HTTP","httpHeaders":[]},"initialDelaySeconds":0,"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":60},
            "livenessProbe":{"tcpSocket":{"port":"2379"},"initialDelaySeconds":0,"periodSeconds":10,"timeoutSeconds":5,"successThreshold":1,"failureThreshold":3},
            "readinessProbe":{"exec":{"command":["ready.sh"]},"initialDelaySeconds":0,"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3},
            "lifecycle":{"preStop":{"exec":{"command":["stop.sh"]},"initialDelaySeconds":0,"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3}}}],
            "volumes":[{"name":"scratch","emptyDir":{"medium":"","sizeLimit":""}},
            {"name":"config","configMap":{"name":"config","secretName":"","items":[{"key":"a.cnf","path":"b.cnf"}],"defaultMode":420,"optional":false}},
            {"name":"credentials","secret":{"name":"","secretName":"credentials","defaultMode":256,"optional":false}}],
            "terminationGracePeriodSeconds":45,"securityContext":{"fsGroup":1002,"readOnlyRootFilesystem":false,"allowPrivilegeEscalation":true,"privileged":false}}},
            "claims":{"data":"data-db-1"},"createdAt":"2026-11-01T10:00:00+00:00","graceSeconds":0,
            "key":"shop/db-1","labels":{"app":"db","controller-revision-hash":"db-2221a3394c","statefulset.kubernetes.io/pod-name":"db-1","apps.kubernetes.io/pod-index":"1"}}
            """);

        var record = Assert.Single(PodRecord.LoadAll(Folder));

        Assert.Equal(("shop/db-1", "2221a3394c", TimeSpan.FromSeconds(45)), (record.Key, record.Revision, record.Grace));
        Assert.Equal("data-db-1", record.Claims["data"]);
        Assert.Equal("db", record.Labels["app"]);
        var pod = record.Template.Spec;
        Assert.Equal(1002, pod.SecurityContext.FsGroup);
        Assert.Equal(("A_", "config", true), (pod.InitContainers[0].EnvFrom[0].Prefix, pod.InitContainers[0].EnvFrom[0].ConfigMapRef.Name, pod.InitContainers[0].EnvFrom[0].ConfigMapRef.Optional));
        Assert.Equal(["scratch", "config", "credentials"], pod.Volumes.Select(volume => volume.Name));
        Assert.Null(pod.Volumes[0].EmptyDir.SizeLimit);
        Assert.Equal(("a.cnf", "b.cnf"), (pod.Volumes[1].ConfigMap.Items[0].Key, pod.Volumes[1].ConfigMap.Items[0].Path));
        Assert.Equal(256, pod.Volumes[2].Secret.DefaultMode);
        var main = Assert.Single(pod.Containers);
        Assert.Equal("x", main.Env[0].Value);
        Assert.Equal("password", main.Env[1].ValueFrom.SecretKeyRef.Key);
        Assert.Equal(("inner", false, true), (main.VolumeMounts[0].SubPath, main.VolumeMounts[0].ReadOnlyProperty, main.VolumeMounts[1].ReadOnlyProperty));
        Assert.Equal("--memory 1073741824b --cpu-shares 512", string.Join(' ', ResourceArguments.Of(main.Resources)));
        Assert.Equal("--user 1003 --group-add 1002 --security-opt seccomp=unconfined --cap-drop ALL", string.Join(' ', SecurityArguments.Of(pod.SecurityContext, main.SecurityContext)));
        Assert.Equal((2379, 60), (main.PortNumber(main.StartupProbe.HttpGet.Port), main.StartupProbe.FailureThreshold));
        Assert.Equal((2379, 5), (main.PortNumber(main.LivenessProbe.TcpSocket.Port), main.LivenessProbe.TimeoutSeconds));
        Assert.Equal(["ready.sh"], main.ReadinessProbe.Exec.Command);
        Assert.Equal(["stop.sh"], main.Lifecycle.PreStop.Exec.Command);
    }

    [Fact]
    public void What_is_kept_is_read_as_it_was()
    {
        var set = StatefulSetSpec.Read(SampleManifests.Set("etcd", "etcd", 3, """
            {"containers": [{"name": "etcd", "image": "etcd", "livenessProbe": {"httpGet": {"port": "client"}},
               "resources": {"limits": {"cpu": 0.5, "memory": "1.5Gi"}}}],
             "volumes": [{"name": "memory", "emptyDir": {"medium": "Memory", "sizeLimit": "64Mi"}}, {"name": "files", "secret": {"secretName": "s"}}]}
            """, claim: true));
        var record = PodRecord.Create(set, 1, DateTimeOffset.UnixEpoch);
        Folder.Create();
        record.Save(Folder);

        var read = Assert.Single(PodRecord.LoadAll(Folder));

        Assert.Equal(Text(record), Text(read));
        Assert.Equal(new ResourceQuantity("64Mi"), read.Template.Spec.Volumes[0].EmptyDir.SizeLimit);

        static string Text(PodRecord record) => System.Text.Json.JsonSerializer.Serialize(record, SpecJson.Options);
    }
}
