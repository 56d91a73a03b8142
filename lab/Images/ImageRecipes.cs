using System.Text.Json;

namespace Lab.Images;

/// <summary>
/// A folder that can build images which stand in for others where no registry answers: <c>build.sh NAME</c> builds one and leaves one that is up to date
/// alone, and <c>recipes.json</c> lists what there is.
/// </summary>
public sealed class ImageRecipes
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly Content content;

    private ImageRecipes(string folder, Content content) => (Folder, this.content) = (folder, content);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The list of what there is.</summary>
    public string List => ListIn(Folder);

    /// <summary>The script that builds.</summary>
    public string Script => Path.Combine(Folder, "build.sh");

    /// <summary>Reads a folder's list.</summary>
    /// <exception cref="ClusterException">There is none, or it is not one.</exception>
    public static ImageRecipes Read(string folder)
    {
        var list = ListIn(folder);
        try
        {
            return new ImageRecipes(folder, JsonSerializer.Deserialize<Content>(File.ReadAllText(list), Options) ?? new Content());
        }
        catch (Exception wrong) when (wrong is IOException or JsonException)
        {
            throw new ClusterException($"{list} is no list of image recipes: {wrong.Message}", inner: wrong);
        }
    }

    /// <summary>The local name of the stand-in for a reference, built or not; null when there is none.</summary>
    public string? NameOf(string reference) => Find(reference) is { } recipe ? NameOf(recipe) : null;

    private static string ListIn(string folder) => Path.Combine(folder, "recipes.json");

    /// <summary>The local name of what a recipe makes.</summary>
    internal string NameOf(ImageRecipe recipe) => content.Prefix + recipe.Name;

    /// <summary>
    /// The recipe for a reference: by its repository where that is listed, or else by its last part; null when there is none. What it makes is never the image
    /// itself, so that a digest beside a tag asks for no other.
    /// </summary>
    internal ImageRecipe? Find(string reference)
    {
        var version = ImageReference.WithoutDigest(reference);
        return content.Images.FirstOrDefault(image => image.Repositories.Contains(ImageReference.WithoutTag(version)))
            ?? content.Images.FirstOrDefault(image => image.Name == ImageReference.Base(version));
    }

    private sealed record Content
    {
        public string Prefix { get; init; } = "";

        public IReadOnlyList<ImageRecipe> Images { get; init; } = [];
    }
}

/// <summary>What can be built.</summary>
internal sealed record ImageRecipe
{
    /// <summary>What the script calls it, which is the last part of the references that it stands for: <c>nginx:1.9.1</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is made from, in a few words.</summary>
    public string MadeFrom { get; init; } = "";

    /// <summary>Repositories of which it serves every tag.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];
}
