using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Lab.Manifests;
using Xunit;

namespace Lab.Tests;

public sealed class ManifestYamlTests
{
    [Fact]
    public void Keys_stand_where_people_look_for_them_and_texts_are_quoted_where_they_would_be_misread() => Assert.Equal(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
          namespace: shop
        data:
          count: "3"
          flag: "yes"
          script: |
            #!/bin/bash
            echo "one"
          text: plain
        immutable: true

        """,
        ManifestYaml.Write(Manifest.Parse("""
            { "immutable": true, "data": { "count": "3", "flag": "yes", "script": "#!/bin/bash\necho \"one\"\n", "text": "plain" },
              "kind": "ConfigMap", "metadata": { "namespace": "shop", "name": "settings" }, "apiVersion": "v1" }
            """)));

    [Fact]
    public void Any_text_is_read_back_as_it_was() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        var clean = new string([.. text.Get.Where(letter => letter is '\n' or (>= ' ' and <= '~') or (>= '\u00a1' and <= '\u024f'))]);
        using var folder = new TemporaryFolder();
        folder.Write("object.yaml", ManifestYaml.Write(new Manifest(new JsonObject { ["kind"] = "ConfigMap", ["data"] = new JsonObject { ["text"] = clean } })));
        Assert.Equal(clean, YamlText.ReadFile(Path.Combine(folder.Root, "object.yaml"))["data"]!["text"]!.GetValue<string>());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
