using Lab.Commands;
using Lab.Manifests;
using Xunit;

namespace Lab.Tests;

public sealed class ManifestFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_has_to_be_a_mapping_and_is_none_is_named_all_of_it_together()
    {
        folder.Write("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: text\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b, labels: [a]}\nspec:\n");
        folder.Write("b.yaml", "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: c}\nspec: 5\n");
        Assert.Equal(
            $"{folder.Root}/a.yaml: metadata of a ConfigMap is a mapping of keys to values, not \"text\"\n"
            + $"{folder.Root}/a.yaml: metadata.labels of a Service is a mapping of keys to values, not a list\n"
            + $"{folder.Root}/b.yaml: spec of a StatefulSet is a mapping of keys to values, not 5",
            Assert.Throws<CommandException>(() => ManifestFiles.Read(folder.Root)).Message);
    }

    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        IReadOnlyList<Manifest> manifests = [.. SampleManifests.Db(2, "x = 1"), SampleManifests.ConfigMap("texts", "a", "3"), SampleManifests.ConfigMap("more", "b", "yes")];
        ManifestFiles.Write(folder.Root, manifests);
        Assert.Equal(manifests.Select(ManifestYaml.Write), ManifestFiles.Read(folder.Root).Select(ManifestYaml.Write));
    }

    [Fact]
    public void Files_are_read_in_the_order_of_their_names_and_each_may_have_several_objects()
    {
        folder.Write("b.yaml", "kind: Service\nmetadata: { name: last }\n");
        folder.Write("a.yml", "---\n# nothing here\n---\nkind: ConfigMap\nmetadata: { name: first }\n---\nkind: Secret\nmetadata: { name: second }\n");
        folder.Write("readme.md", "kind: Nothing");
        Assert.Equal(["ConfigMap first", "Secret second", "Service last"], ManifestFiles.Read(folder.Root).Select(one => $"{one.Kind} {one.Name}"));
    }

    [Fact]
    public void A_folder_without_manifests_is_named()
    {
        Assert.Equal($"there is no folder {folder.Root} with manifests (*.yaml) in it", Assert.Throws<CommandException>(() => ManifestFiles.Read(folder.Root)).Message);
        Assert.Equal("there is no folder /nowhere with manifests (*.yaml) in it", Assert.Throws<CommandException>(() => ManifestFiles.Read("/nowhere")).Message);
    }

    [Fact]
    public void A_file_that_is_not_YAML_is_named_with_its_line()
    {
        folder.Write("a.yaml", "kind: ConfigMap\ndata: [1, 2\n");
        Assert.StartsWith("a.yaml is not YAML: line ", Assert.Throws<CommandException>(() => ManifestFiles.Read(folder.Root)).Message, StringComparison.Ordinal);
    }
}
