using System.Globalization;

namespace Trials.Faults.Clone;

/// <summary>How far a clone has come, as the server that receives it notes in the directory it clones into.</summary>
/// <param name="volume">The root of the receiving pod's volume, on this machine.</param>
/// <param name="since">When the seeding began: what is older is a leftover of another.</param>
internal sealed class CloneProgress(string volume, DateTime since)
{
    /// <summary>The stages, in order. What they do: files, then the pages that changed meanwhile, then the redo log of that time, then all of it onto the disk.</summary>
    public static readonly string[] Stages = ["DROP DATA", "FILE COPY", "PAGE COPY", "REDO COPY", "FILE SYNC"];

    private readonly FileInfo file = new(Path.Combine(volume, "staging-clone", "data", "#clone", "#view_progress"));

    /// <summary>Whether a copy is being received.</summary>
    public bool Begun
    {
        get
        {
            file.Refresh();
            return file.Exists && file.LastWriteTimeUtc > since;
        }
    }

    /// <summary>The place, in the order of stages, of the one in progress; -1 before the first and between two.</summary>
    public int Stage()
    {
        // A version, then a line a stage: state, tasks, begin, end, and how much.
        var lines = Begun ? File.ReadAllLines(file.FullName) : [];
        return Array.FindLastIndex([.. lines.Skip(1).Take(Stages.Length)], line => line.Split(' ') is [_, _, var begin, var end, ..] && IsTime(begin) && end == "0");
    }

    private static bool IsTime(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var time) && time > 0;
}
