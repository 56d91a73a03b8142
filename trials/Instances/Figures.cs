namespace Trials.Instances;

/// <summary>What a few measurements come to.</summary>
internal static class Figures
{
    /// <summary>The one in the middle; the mean of the two in the middle of an even number; 0 of none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The smallest one that 95 of 100 do not exceed; 0 of none.</summary>
    public static double Percentile95(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[(int)Math.Ceiling(sorted.Count * 0.95) - 1];
    }
}
