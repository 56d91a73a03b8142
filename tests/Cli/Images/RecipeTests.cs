using System.Text.RegularExpressions;
using Cli.Commands;
using Lab.Images;
using Xunit;

namespace Tests.Cli.Images;

/// <summary>What the list of recipes and the script that builds them both say.</summary>
public sealed partial class RecipeTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "cli", "Images");

    [Fact]
    public void The_list_and_the_script_have_the_same_images_under_the_same_names()
    {
        var script = File.ReadAllText(Path.Combine(Folder, "build.sh"));
        var prefix = Prefix().Match(script).Groups[1].Value;
        var images = Images().Match(script).Groups[1].Value.Split(' ');
        var recipes = ImageRecipes.Read(Folder);
        Assert.Equal(images.Select(image => $"{prefix}/{image}"), images.Select(recipes.NameOf));
        Assert.Equal(images.Length, Regex.Count(File.ReadAllText(Path.Combine(Folder, "recipes.json")), "\"name\":"));
    }

    [Theory]
    [InlineData("mysql:5.7", "localhost/statefulset/mysql:5.7")]
    [InlineData("docker.io/library/mysql:9.7", "localhost/statefulset/mysql:9.7")]
    [InlineData("gcr.io/google-samples/xtrabackup:1.0", "localhost/statefulset/xtrabackup:1.0")]
    [InlineData("quay.io/coreos/etcd:v3.5.21", "localhost/statefulset/etcd:3.4")]
    [InlineData("prom/mysqld-exporter:v0.19.0", "localhost/statefulset/mysqld-exporter:0.19")]
    [InlineData("mysql:8.0", null)]
    public void A_reference_finds_what_stands_for_it(string reference, string? image) => Assert.Equal(image, StackInstance.Recipes.NameOf(reference));

    [GeneratedRegex(@"^prefix=\$\{IMAGE_PREFIX:-(.*)\}$", RegexOptions.Multiline)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^images=\((.*)\)$", RegexOptions.Multiline)]
    private static partial Regex Images();
}
