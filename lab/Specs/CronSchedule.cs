using System.Text.RegularExpressions;
using Cronos;

namespace Lab.Specs;

/// <summary>When a CronJob runs: five fields as cron has them, or a word such as <c>@daily</c>, in a time zone.</summary>
public sealed partial class CronSchedule
{
    private readonly IReadOnlyList<CronExpression> _either;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(IReadOnlyList<CronExpression> either, TimeZoneInfo zone) => (_either, _zone) = (either, zone);

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">Such as <c>30 3 * * *</c>.</param>
    /// <param name="zone">Such as <c>Europe/Berlin</c>; UTC where it is left out, as most clusters have it.</param>
    /// <exception cref="FormatException">It is none that Kubernetes knows; the message is the end of a sentence.</exception>
    public static CronSchedule Parse(string text, string? zone)
    {
        if (zone is not null && (zone.Length == 0 || zone == "Local" || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
        {
            throw new FormatException($"spec.timeZone \"{zone}\" is no time zone that this machine knows, such as Europe/Berlin");
        }

        try
        {
            var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return Extension().IsMatch(Name().Replace(text, ""))
                ? throw new FormatException($"spec.schedule \"{text}\" has L, W or #, which Kubernetes does not know")
                : new CronSchedule([.. Alternatives(fields).Select(one => CronExpression.Parse(one))], zone is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(zone));
        }
        catch (CronFormatException wrong)
        {
            throw new FormatException($"spec.schedule \"{text}\" cannot be read: {wrong.Message.TrimEnd('.')}", wrong);
        }
    }

    /// <summary>The first time after another; null where there is none any more.</summary>
    public DateTimeOffset? After(DateTimeOffset time) => _either.Select(one => one.GetNextOccurrence(time, _zone)).Min();

    /// <summary>The last time up to another, that included; null where there was none.</summary>
    public DateTimeOffset? UpTo(DateTimeOffset time) => _either.Select(one => one.GetPreviousOccurrence(time, _zone, inclusive: true)).Max();

    // Where both the day of the month and that of the week are told, cron means either; the library means both.
    private static string[] Alternatives(string[] fields) => fields is [var minute, var hour, var day, var month, var weekday] && !IsAny(day) && !IsAny(weekday)
        ? [$"{minute} {hour} {day} {month} *", $"{minute} {hour} * {month} {weekday}"]
        : [string.Join(' ', fields)];

    private static bool IsAny(string field) => field[0] is '*' or '?';

    [GeneratedRegex("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|@[a-z]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("[LW#]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Extension();
}
