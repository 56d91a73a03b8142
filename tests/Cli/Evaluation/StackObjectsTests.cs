using Cli.Checks;
using Cli.Evaluation;
using Lab.Specs;
using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Batch.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Xunit;

namespace Tests.Cli.Evaluation;

/// <summary>Which objects may be applied together, and which wait for ready pods.</summary>
[Collection("deployment")]
public sealed class StackObjectsTests
{
    [Fact]
    public async Task What_waits_for_the_pods_of_a_set_stands_apart()
    {
        var engine = new Engine();
        await engine.RunStackAsync(StackFile.Read(Repository.Root, "dev", []).Config);
        var objects = await StackObjects.OfAsync(engine.Recorder);

        Assert.Equal(["ConfigMap mysql-initialised"], objects.OnceReady.Select(one => $"{one.Kind} {one.Name}"));
        Assert.DoesNotContain("mysql-initialised", objects.AtOnce.Select(one => one.Name));
        Assert.Contains("mysql-members", objects.AtOnce.Select(one => one.Name));
        Assert.Equal(objects.AtOnce.Concat(objects.OnceReady), objects.All);

        // Applied, they are the claims that the set then finds.
        var lab = DesiredCluster.Read(objects.AtOnce);
        Assert.Equal(
            lab.Sets.Single(set => set.Name == "mysql") is var set ? Enumerable.Range(0, set.Replicas).Select(ordinal => $"{set.ClaimTemplates.Single()}-{set.PodName(ordinal)}") : [],
            lab.Claims.Select(claim => claim.Name));
    }

    [Fact]
    public async Task Claims_and_jobs_that_a_set_waits_for_come_before_it_other_jobs_and_cronjobs_after()
    {
        var engine = new Engine();
        await engine.RunAsync(() =>
        {
            _ = new CronJob("a-backup", new CronJobArgs
            {
                Metadata = Named("a-backup"),
                Spec = new CronJobSpecArgs { Schedule = "0 3 * * *", JobTemplate = new JobTemplateSpecArgs { Spec = Once() } },
            });
            _ = new Job("b-aside", new JobArgs { Metadata = Named("b-aside"), Spec = Once() });
            var restore = new Job("z-restore", new JobArgs { Metadata = Named("z-restore"), Spec = Once() });
            _ = new PersistentVolumeClaim("z-data", new PersistentVolumeClaimArgs { Metadata = Named("z-data") });
            var component = new Part(new ComponentResourceOptions { DependsOn = { restore } });
            _ = new Job("c-later", new JobArgs { Metadata = Named("c-later"), Spec = Once() }, new CustomResourceOptions { DependsOn = { component } });
        });
        var objects = await StackObjects.OfAsync(engine.Recorder);

        Assert.Equal(
            ["v1 PersistentVolumeClaim z-data", "batch/v1 Job z-restore", "apps/v1 StatefulSet db", "batch/v1 Job b-aside", "batch/v1 CronJob a-backup"],
            objects.AtOnce.Select(one => $"{one.ApiVersion} {one.Kind} {one.Name}"));
        Assert.Equal(["batch/v1 Job c-later"], objects.OnceReady.Select(one => $"{one.ApiVersion} {one.Kind} {one.Name}"));
        var lab = DesiredCluster.Read([.. objects.AtOnce.Where(one => one.Kind is "Job" or "CronJob")]);
        Assert.Equal(["z-restore", "b-aside", "a-backup"], [.. lab.Jobs.Select(job => job.Name), .. lab.CronJobs.Select(cron => cron.Name)]);
        Assert.DoesNotContain(Invariants.Check(objects.All), violation => violation.ToString().Contains("Job", StringComparison.Ordinal));
    }

    private static ObjectMetaArgs Named(string name) => new() { Name = name };

    private static JobSpecArgs Once() => new()
    {
        Template = new PodTemplateSpecArgs { Spec = new PodSpecArgs { RestartPolicy = "Never", Containers = { new ContainerArgs { Name = "main", Image = "i:1" } } } },
    };

    private sealed class Part : ComponentResource
    {
        public Part(ComponentResourceOptions options)
            : base("tests:index:Part", "part", options) => _ = new StatefulSet(
                "db",
                new StatefulSetArgs
                {
                    Metadata = Named("db"),
                    Spec = new StatefulSetSpecArgs { ServiceName = "db", Selector = new LabelSelectorArgs(), Template = new PodTemplateSpecArgs() },
                },
                new CustomResourceOptions { Parent = this, DependsOn = options.DependsOn });
    }
}
