namespace Cli.Meaning;

/// <summary>What a deployment does with an object.</summary>
internal enum Action
{
    /// <summary>It stays as it is.</summary>
    Same,

    /// <summary>It is made.</summary>
    Create,

    /// <summary>It is changed in place.</summary>
    Update,

    /// <summary>Another object takes its place.</summary>
    Replace,

    /// <summary>It is removed.</summary>
    Delete,
}

/// <summary>The signs for actions.</summary>
internal static class Actions
{
    /// <summary>The sign that people know from pulumi.</summary>
    public static string Sign(this Action action) => action switch
    {
        Action.Create => "+",
        Action.Update => "~",
        Action.Replace => "+-",
        Action.Delete => "-",
        _ => "=",
    };
}
