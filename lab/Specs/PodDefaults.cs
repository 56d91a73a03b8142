using k8s.Models;

namespace Lab.Specs;

/// <summary>What a pod template leaves out: the API server's defaults, and nothing as an empty text or list, so that nobody has to ask.</summary>
public static class PodDefaults
{
    /// <summary>The restart policy of pods that run for ever: the only one that a StatefulSet takes, and what a template that names none has.</summary>
    public const string Always = "Always";

    /// <summary>The restart policy of pods in which a container that has ended stays ended, however it did.</summary>
    public const string Never = "Never";

    /// <summary>0644.</summary>
    private const int FileMode = 0x1A4;

    /// <summary>Fills a template in, in place; one that is filled in stays as it is.</summary>
    public static V1PodTemplateSpec Fill(V1PodTemplateSpec template)
    {
        template.Metadata ??= new V1ObjectMeta();
        template.Metadata.Labels ??= new Dictionary<string, string>();
        template.Metadata.Annotations ??= new Dictionary<string, string>();
        var pod = template.Spec ??= new V1PodSpec();
        pod.TerminationGracePeriodSeconds ??= 30;
        pod.RestartPolicy = string.IsNullOrEmpty(pod.RestartPolicy) ? Always : pod.RestartPolicy;
        foreach (var container in (pod.InitContainers ??= []).Concat(pod.Containers ??= []))
        {
            Fill(container);
        }

        foreach (var volume in pod.Volumes ??= [])
        {
            Fill(volume);
        }

        return template;
    }

    /// <summary>Fills a container in, in place.</summary>
    public static V1Container Fill(V1Container container)
    {
        container.Name ??= "";
        container.Image ??= "";
        // Which one the image's tag stands for, the image store knows.
        container.ImagePullPolicy ??= "";
        container.WorkingDir ??= "";
        container.Command ??= [];
        container.Args ??= [];
        container.Ports ??= [];
        container.EnvFrom ??= [];
        foreach (var variable in container.Env ??= [])
        {
            variable.Name ??= "";
            variable.Value ??= "";
        }

        foreach (var mount in container.VolumeMounts ??= [])
        {
            mount.Name ??= "";
            mount.MountPath ??= "";
            mount.SubPath ??= "";
        }

        container.Resources ??= new V1ResourceRequirements();
        container.Resources.Limits ??= new Dictionary<string, ResourceQuantity>();
        container.Resources.Requests ??= new Dictionary<string, ResourceQuantity>();
        Fill(container.StartupProbe);
        Fill(container.LivenessProbe);
        Fill(container.ReadinessProbe);
        Fill(container.Lifecycle?.PreStop?.Exec, container.Lifecycle?.PreStop?.HttpGet);
        Fill(container.Lifecycle?.PostStart?.Exec, container.Lifecycle?.PostStart?.HttpGet);
        return container;
    }

    private static void Fill(V1Probe? probe)
    {
        if (probe is not null)
        {
            Fill(probe.Exec, probe.HttpGet);
            probe.InitialDelaySeconds ??= 0;
            probe.PeriodSeconds = AtLeastOne(probe.PeriodSeconds, 10);
            probe.TimeoutSeconds = AtLeastOne(probe.TimeoutSeconds, 1);
            probe.SuccessThreshold = AtLeastOne(probe.SuccessThreshold, 1);
            probe.FailureThreshold = AtLeastOne(probe.FailureThreshold, 3);
        }
    }

    // To an API server, 0 is as good as not given.
    private static int AtLeastOne(int? given, int otherwise) => given is > 0 and var value ? value : otherwise;

    private static void Fill(V1ExecAction? program, V1HTTPGetAction? page)
    {
        program?.Command ??= [];
        if (page is not null)
        {
            page.Path = string.IsNullOrEmpty(page.Path) ? "/" : page.Path;
            page.Scheme = string.IsNullOrEmpty(page.Scheme) ? "HTTP" : page.Scheme;
            page.HttpHeaders ??= [];
        }
    }

    private static void Fill(V1Volume volume)
    {
        volume.Name ??= "";
        volume.ConfigMap?.DefaultMode ??= FileMode;
        volume.Secret?.DefaultMode ??= FileMode;
        volume.Projected?.DefaultMode ??= FileMode;
        var projected = (volume.Projected?.Sources ?? []).SelectMany(source => (source.ConfigMap?.Items ?? []).Concat(source.Secret?.Items ?? []));
        foreach (var item in (volume.ConfigMap?.Items ?? []).Concat(volume.Secret?.Items ?? []).Concat(projected))
        {
            item.Key ??= "";
            item.Path ??= "";
        }
    }
}
