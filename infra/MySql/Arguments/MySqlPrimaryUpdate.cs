namespace Infra.MySql;

/// <summary>When the primary follows a changed pod template: the values of <see cref="MySqlUpdateArgs.Primary"/>.</summary>
public static class MySqlPrimaryUpdate
{
    /// <summary>Last, when every replica has followed and caught up.</summary>
    public const string Auto = "auto";

    /// <summary>Not before this is <see cref="Auto"/> again; until then it keeps the template that it has.</summary>
    public const string Manual = "manual";

    /// <summary>Every value there is.</summary>
    public static IReadOnlyList<string> All { get; } = [Auto, Manual];
}
