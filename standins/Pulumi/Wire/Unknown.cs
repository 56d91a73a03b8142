namespace Pulumi;

/// <summary>Stands on the wire for a value that is not known yet.</summary>
internal sealed class Unknown
{
    /// <summary>The same within a text, as Pulumi writes it.</summary>
    public const string Id = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    public static readonly Unknown Value = new();

    private Unknown()
    {
    }
}
