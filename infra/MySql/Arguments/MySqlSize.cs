namespace Infra.MySql;

/// <summary>
/// What a server is given, in one word: the values of <see cref="MySqlClusterArgs.Size"/>. Each is processor time and memory to ask for, and a buffer pool that
/// fits: of the memory beyond half a gibibyte, which the server takes for itself, three quarters; the rest is for connections and sorts.
/// </summary>
public static class MySqlSize
{
    /// <summary>One core, 2Gi, a buffer pool of 1G.</summary>
    public const string Small = "small";

    /// <summary>Two cores, 8Gi, a buffer pool of 5G.</summary>
    public const string Medium = "medium";

    /// <summary>Eight cores, 32Gi, a buffer pool of 23G.</summary>
    public const string Large = "large";

    /// <summary>Every value there is.</summary>
    public static IReadOnlyList<string> All { get; } = [Small, Medium, Large];

    /// <summary>The processor time that a server of that size asks for; nothing where there is no such size.</summary>
    internal static string? Cpu(string? size) => size switch { Small => "1", Medium => "2", Large => "8", _ => null };

    /// <summary>The memory that a server of that size asks for; nothing where there is no such size.</summary>
    internal static string? Memory(string? size) => size switch { Small => "2Gi", Medium => "8Gi", Large => "32Gi", _ => null };
}
