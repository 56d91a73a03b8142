namespace Lab.Specs;

/// <summary>A check of a container, with the defaults Kubernetes gives; one of its actions is set.</summary>
public sealed record ProbeSpec
{
    /// <summary>Succeeds when the program ends with code 0.</summary>
    public ExecAction? Exec { get; init; }

    /// <summary>Succeeds when the port accepts a connection.</summary>
    public TcpAction? TcpSocket { get; init; }

    /// <summary>Succeeds when the answer's status is 200 to 399.</summary>
    public HttpAction? HttpGet { get; init; }

    /// <summary>Seconds from the container's start to the first check; 0 by default.</summary>
    public int InitialDelaySeconds { get; init; }

    /// <summary>Seconds from check to check; 10 by default.</summary>
    public int PeriodSeconds { get; init; } = 10;

    /// <summary>Seconds after which a check has failed; 1 by default.</summary>
    public int TimeoutSeconds { get; init; } = 1;

    /// <summary>Successes in a row that make a success; 1 by default.</summary>
    public int SuccessThreshold { get; init; } = 1;

    /// <summary>Failures in a row that make a failure; 3 by default.</summary>
    public int FailureThreshold { get; init; } = 3;
}

/// <summary>A program to run in the container.</summary>
public sealed record ExecAction
{
    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];
}

/// <summary>A port to connect to.</summary>
public sealed record TcpAction
{
    /// <summary>A number, or the name of one of the container's ports.</summary>
    public string Port { get; init; } = "";
}

/// <summary>A page to fetch.</summary>
public sealed record HttpAction
{
    /// <summary>The page's path; <c>/</c> by default.</summary>
    public string Path { get; init; } = "/";

    /// <summary>A number, or the name of one of the container's ports.</summary>
    public string Port { get; init; } = "";

    /// <summary><c>HTTP</c> or <c>HTTPS</c>, whose certificate is not checked.</summary>
    public string Scheme { get; init; } = "HTTP";

    /// <summary>Headers to send.</summary>
    public IReadOnlyList<HttpHeaderSpec> HttpHeaders { get; init; } = [];
}

/// <summary>A header of a check's request.</summary>
public sealed record HttpHeaderSpec
{
    /// <summary>The header's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The header's value.</summary>
    public string Value { get; init; } = "";
}
