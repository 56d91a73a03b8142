using Lab.Commands;
using Xunit;

namespace Lab.Tests;

public sealed class FolderOptionTests
{
    [Theory]
    [InlineData("/srv/shop", "shop-")]
    [InlineData("/srv/shop/", "shop-")]
    [InlineData("/srv/My Shop (2)", "myshop2-")]
    [InlineData("/srv/-", "lab-")]
    [InlineData("/", "lab-")]
    public void An_instance_is_called_after_its_folder_in_letters_that_podman_takes(string folder, string name)
    {
        var id = FolderOption.FolderOf(folder).Id;
        Assert.Equal(name, id[..^6]);
        Assert.Matches("^[a-z0-9][a-z0-9-]*$", id);
    }

    [Fact]
    public void It_keeps_its_files_in_the_folder() => Assert.StartsWith("/srv/shop/.lab/shop-", FolderOption.FolderOf("/srv/shop").Path, StringComparison.Ordinal);
}
