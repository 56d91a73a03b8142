namespace Trials.Metrics;

/// <summary>Debian's Prometheus, which <c>./dev test</c> puts beside what it builds.</summary>
internal static class PrometheusTools
{
    /// <summary>The server.</summary>
    public static string Server => Program("prometheus");

    /// <summary>The tool that checks and tries rules.</summary>
    public static string Promtool => Program("promtool");

    private static string Program(string name)
    {
        var path = Path.Combine(Above(AppContext.BaseDirectory), ".dev", "prometheus", "usr", "bin", name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"there is no {path}; ./dev test fetches it on Debian: bash trials/Metrics/prometheus.sh .dev/prometheus");
    }

    private static string Above(string folder) => File.Exists(Path.Combine(folder, "Infra.sln"))
        ? folder
        : Above(Directory.GetParent(folder)?.FullName ?? throw new InvalidOperationException("the tests do not run from within the project"));
}
