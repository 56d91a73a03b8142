using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Trials.Commands;

/// <summary>Options that take a number within limits, written as programs write it.</summary>
internal static class NumberOption
{
    /// <summary>A whole number from 1 on.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="usual">Its value where it is left out.</param>
    /// <param name="below">What it stays below.</param>
    public static Option<int> Whole(string name, string description, int usual, int below = int.MaxValue) =>
        Of(name, description, usual, given => given >= 1 && given < below, "a whole number from 1 on");

    /// <summary>A number from some least one on.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="usual">Its value where it is left out.</param>
    /// <param name="fits">Which ones it takes.</param>
    /// <param name="takes">Which ones those are, in words.</param>
    public static Option<double> Decimal(string name, string description, double usual, Func<double, bool> fits, string takes) =>
        Of(name, description, usual, given => given < 10_000 && fits(given), takes);

    private static Option<T> Of<T>(string name, string description, T usual, Func<T, bool> fits, string takes)
        where T : INumber<T>
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [.., var last] && !(T.TryParse(last.Value, CultureInfo.InvariantCulture, out var given) && fits(given)))
            {
                result.AddError($"{name} takes {takes}");
            }
        });
        return option;
    }
}
