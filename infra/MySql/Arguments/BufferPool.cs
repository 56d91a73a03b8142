using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Arguments;

namespace Infra.MySql;

/// <summary>The buffer pool: the memory in which a server keeps pages of its tables, most of what it takes.</summary>
internal static partial class BufferPool
{
    /// <summary>The server's option.</summary>
    public const string Option = "innodb_buffer_pool_size";

    private const long Mebi = 1L << 20;
    private const long Gibi = 1L << 30;

    /// <summary>The server's own default, in bytes.</summary>
    private const long Default = 128 * Mebi;

    /// <summary>What a server takes beside its buffer pool before the first client comes, in bytes.</summary>
    private const long Beside = 512 * Mebi;

    /// <summary>What is wrong with the option's value; nothing when it is right.</summary>
    public static string? ValueProblem(string value) => Parse(value) is null ? $"\"{value}\" is not a size such as 512M or 2G" : null;

    /// <summary>
    /// The buffer pool that fits a memory: three quarters of what the server does not take for itself. In whole gigabytes, or steps of 128 megabytes below: a
    /// server rounds anything else up, and 5.7 by up to a gigabyte.
    /// </summary>
    /// <param name="memory">A quantity.</param>
    public static string Of(string memory)
    {
        var fits = Math.Max(0, ((Quantity.Value(memory) ?? 0) - Beside) * 3 / 4);
        return fits >= Gibi
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Min(fits / Gibi, long.MaxValue / Gibi)}G")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (long)(fits / Default)) * Default / Mebi}M");
    }

    /// <summary>Why a memory limit is too little for a buffer pool; nothing when it is enough.</summary>
    /// <param name="limit">The limit, a quantity.</param>
    /// <param name="pool">The option's value; the server's default where there is none.</param>
    public static string? LimitProblem(string limit, string? pool)
    {
        var size = pool is null ? Default : Parse(pool);
        return Quantity.Value(limit) < size + Beside
            ? $"{limit} is too little for a buffer pool of {pool ?? "128M, the server's default,"} and the 512Mi that the server takes beside it, and would have it killed: "
                + string.Create(CultureInfo.InvariantCulture, $"at least {Math.Ceiling((decimal)(size + Beside)! / Mebi)}Mi, or a smaller options.{Option}")
            : null;
    }

    /// <summary>The option's value among others, under whatever spelling; nothing where it is not there.</summary>
    public static string? In(IReadOnlyDictionary<string, string> options) =>
        options.Where(option => MySqlOptions.Bare(option.Key.Replace('-', '_')) == Option).Select(option => option.Value).FirstOrDefault();

    /// <summary>A value in bytes; nothing where it is none, or more than any machine has.</summary>
    private static long? Parse(string value)
    {
        var match = Pattern().Match(value);
        return match.Success && long.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number)
            && "KMGTPE".IndexOf(match.Groups["unit"].Value.ToUpperInvariant() is { Length: 1 } unit ? unit[0] : ' ', StringComparison.Ordinal) is var power
            && number <= long.MaxValue / 2 >> (10 * (power + 1))
            ? number << (10 * (power + 1))
            : null;
    }

    [GeneratedRegex("^(?<number>[0-9]+)(?<unit>[kKmMgGtTpPeE]?)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
