namespace Stacks.Settings;

/// <summary>Finds what a mistyped word was meant to be.</summary>
public static class Suggestion
{
    /// <summary>The nearest of the candidates, where one is near enough to be meant.</summary>
    public static string? For(string word, IEnumerable<string> candidates)
    {
        var nearest = candidates.Select(candidate => (candidate, distance: Distance(word, candidate))).MinBy(pair => pair.distance);
        return nearest.candidate is { } found && nearest.distance <= Math.Max(1, found.Length / 3) ? found : null;
    }

    /// <summary>How many letters to insert, delete or change: the Levenshtein distance, case ignored. A library for ten lines would be more to keep.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
