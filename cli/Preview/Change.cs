namespace Cli.Preview;

/// <summary>What a deployment would do with an object.</summary>
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

/// <summary>A change of an object.</summary>
/// <param name="Action">What would be done.</param>
/// <param name="Kind">The object's kind.</param>
/// <param name="Name">Its name; for a replacement under another name, both.</param>
/// <param name="Details">What changes in it, a phrase each.</param>
internal sealed record Change(Action Action, string Kind, string Name, IReadOnlyList<string> Details)
{
    /// <summary>The sign that people know from pulumi.</summary>
    public string Sign => Action switch
    {
        Action.Create => "+",
        Action.Update => "~",
        Action.Replace => "+-",
        Action.Delete => "-",
        _ => "=",
    };
}
