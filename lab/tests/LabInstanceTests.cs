using Lab.Commands;
using Lab.Images;
using Xunit;

namespace Lab.Tests;

/// <summary>A controller that runs is kept, unless another one would be started now.</summary>
public sealed class LabInstanceTests : IDisposable
{
    private static readonly LabFolder Folder = new("shop-123456", "/srv/shop/.lab/shop-123456");

    private readonly TemporaryFolder recipes = new();

    public LabInstanceTests() => recipes.Write("recipes.json", """{ "prefix": "localhost/", "images": [] }""");

    private ImageRecipes Recipes => ImageRecipes.Read(recipes.Root);

    public void Dispose() => recipes.Dispose();

    [Fact]
    public void One_that_was_started_so_since_all_of_it_was_made_is_kept() => Assert.False(IsOutdated(Recipes, Line(Recipes), DateTime.UtcNow.AddMinutes(1)));

    [Fact]
    public void One_of_an_older_build_is_not() => Assert.True(IsOutdated(null, Line(null), DateTime.UnixEpoch));

    [Fact]
    public void One_that_was_started_before_the_list_of_images_changed_is_not()
    {
        File.SetLastWriteTimeUtc(Recipes.List, DateTime.UtcNow.AddHours(1));
        Assert.True(IsOutdated(Recipes, Line(Recipes), DateTime.UtcNow.AddMinutes(1)));
    }

    [Fact]
    public void One_that_knows_other_recipes_or_none_is_not()
    {
        Assert.True(IsOutdated(Recipes, Line(null), DateTime.UtcNow.AddMinutes(1)));
        Assert.True(IsOutdated(null, Line(Recipes), DateTime.UtcNow.AddMinutes(1)));
        Assert.True(IsOutdated(null, ["dotnet", "/old/program.dll", "controller", "--stack", "dev"], DateTime.UtcNow.AddMinutes(1)));
    }

    private static IReadOnlyList<string> Line(ImageRecipes? of) => ["dotnet", "/srv/program/Lab.dll", .. ControllerCommand.Arguments(Folder, of)];

    private static bool IsOutdated(ImageRecipes? wanted, IReadOnlyList<string> running, DateTime since) =>
        new LabInstance(Folder, wanted).IsOutdated(running, ControllerCommand.Arguments(Folder, wanted), since);
}
