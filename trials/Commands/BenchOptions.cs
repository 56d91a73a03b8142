using System.CommandLine;
using System.Globalization;
using Trials.Bench;

namespace Trials.Commands;

/// <summary>The options of a benchmark that runs on data: how much, how often, and for whom its figures are.</summary>
internal sealed class BenchOptions
{
    private readonly Option<bool> json = new("--json") { Description = "as JSON, for programs" };
    private readonly Option<int> rounds = NumberOption.Whole("--rounds", "how often each thing is measured", 3, below: 1000);
    private readonly Option<double> gigabytes;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="data">What the gigabytes are.</param>
    public BenchOptions(Command command, string data)
    {
        gigabytes = NumberOption.Decimal("--gigabytes", data, 1, given => given >= DataSet.Least, string.Create(CultureInfo.InvariantCulture, $"a number from {DataSet.Least} on"));
        command.Options.Add(json);
        command.Options.Add(gigabytes);
        command.Options.Add(rounds);
    }

    /// <summary>Whether the figures are for programs.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>How often each thing is measured.</summary>
    public int Rounds(ParseResult parsed) => parsed.GetValue(rounds);

    /// <summary>How much data there is.</summary>
    public double Gigabytes(ParseResult parsed) => parsed.GetValue(gigabytes);
}
