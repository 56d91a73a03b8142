namespace Lab.Commands;

/// <summary>What there is to say of a command that does not exist.</summary>
public sealed record CommandWords
{
    /// <summary>Commands that people can type although the program itself has no such one.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Finds what a mistyped word was meant to be among those that there are; nothing by default.</summary>
    public Func<string, IReadOnlyList<string>, string?> Nearest { get; init; } = (_, _) => null;
}
