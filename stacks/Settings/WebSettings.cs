using Infra.Web;
using Infra.Workloads;
using Stacks.Systems;

namespace Stacks.Settings;

/// <summary>The settings of one web system: the component's arguments under the stack's keys. What is left out is left to the component's default.</summary>
/// <param name="Name">The StatefulSet's name, distinct over the stack.</param>
/// <param name="Place">Where it runs.</param>
/// <param name="Args">What the component is made of.</param>
public sealed record WebSettings(string Name, PlaceSettings Place, WebClusterArgs Args)
{
    /// <summary>The headless Service's name.</summary>
    public string Service => Args.Service ?? Name;

    internal static WebSettings Read(SettingsNode node)
    {
        var name = node.Required("name", SettingTypes.Text("a DNS label such as shop-pages"), stand: string.Empty);
        var place = PlaceSettings.Read(node);
        var images = node.Section("images");
        var update = node.OptionalSection("update");
        var resources = node.Section("resources");
        var limits = node.Section("limits");
        var args = new WebClusterArgs
        {
            Namespace = place.Namespace,
            Domain = node.Optional("domain", SettingTypes.Text("the cluster's DNS domain")).ToInput(),
            Service = node.Optional("service", SettingTypes.Text("a DNS label such as pages")),
            Replicas = node.Optional("replicas", SettingTypes.WholeNumber),
            Image = images.Optional("server", SettingTypes.Text("an image such as nginx:1.28")).ToInput(),
            ImagePullPolicy = node.Optional("pullPolicy", SettingTypes.PullPolicy).ToInput(),
            Network = NetworkSettings.Read(node.OptionalSection("network")),
            DisruptionBudget = node.Optional("disruptionBudget", SettingTypes.FlagOrNothing),
            Storage = node.Optional("storage", SettingTypes.Text("a quantity such as 1Gi")).ToInput(),
            StorageClass = node.Optional("storageClass", SettingTypes.Text("the name of a storage class")).ToInput(),
            Update = update is null ? null : new RollingUpdateArgs
            {
                Partition = update.Optional("partition", SettingTypes.WholeNumber),
                MinReadySeconds = update.Optional("minReadySeconds", SettingTypes.WholeNumber),
            },
            AccessMode = node.Optional("accessMode", SettingTypes.AccessMode).ToInput(),
            Cpu = resources.Optional("cpu", SettingTypes.Text("a quantity such as 50m")).ToInput(),
            Memory = resources.Optional("memory", SettingTypes.Text("a quantity such as 64Mi")).ToInput(),
            CpuLimit = limits.Optional("cpu", SettingTypes.Text("a quantity such as 1")).ToInput(),
            MemoryLimit = limits.Optional("memory", SettingTypes.Text("a quantity such as 128Mi")).ToInput(),
            Pod = PodSettings.Read(node),
            TimeoutMinutes = node.Optional("timeoutMinutes", SettingTypes.WholeNumber),
        };
        node.Report(args.Problems(name));
        images.RejectOthers();
        update?.RejectOthers();
        resources.RejectOthers();
        limits.RejectOthers();
        node.RejectOthers();
        return new WebSettings(name, place, args);
    }
}
