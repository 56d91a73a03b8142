namespace Lab.Processes;

/// <summary>The signals the lab sends, by their Linux numbers.</summary>
public enum PosixSignalNumber
{
    /// <summary>Read the configuration again.</summary>
    Hangup = 1,

    /// <summary>End at once.</summary>
    Kill = 9,

    /// <summary>End in order.</summary>
    Terminate = 15,

    /// <summary>Go on.</summary>
    Continue = 18,

    /// <summary>Stand still.</summary>
    Stop = 19,
}
