using System.Diagnostics;

namespace Lab.Deploy;

/// <summary>The <c>pulumi</c> command, and the cluster that it would deploy to.</summary>
internal static class PulumiCli
{
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(10);

    /// <summary>Why a stack cannot be deployed from here, in a clause; nothing when it can.</summary>
    /// <remarks>
    /// The cluster is asked first: with one that does not answer, <c>pulumi preview</c> ends well and shows nothing of it.
    /// </remarks>
    public static async Task<string?> ObstacleAsync()
    {
        if (OnPath("pulumi") is null)
        {
            return "there is no pulumi command here";
        }

        if (OnPath("kubectl") is null)
        {
            return "there is no kubectl here to ask for a cluster";
        }

        var (exitCode, error) = await AskAsync("kubectl", ["get", "--raw", "/readyz", "--request-timeout=5s"]);
        return exitCode == 0 ? null : $"no cluster answers ({error.Trim().Split('\n')[^1]})";
    }

    /// <summary>
    /// Runs a command of pulumi on a stack, with this terminal. Settings of the command line go into a copy of the stack's file: given to
    /// <c>pulumi up</c> itself they would be written into the stack's own.
    /// </summary>
    /// <returns>Pulumi's exit code.</returns>
    public static async Task<int> RunAsync(string command, string folder, string stack, IReadOnlyList<string> assignments, string copies)
    {
        IReadOnlyList<string> config = [];
        if (assignments.Count > 0)
        {
            Directory.CreateDirectory(copies);
            var copy = Path.Combine(copies, $"Pulumi.{stack}.yaml");
            File.Copy(Path.Combine(folder, $"Pulumi.{stack}.yaml"), copy, overwrite: true);
            config = ["--config-file", copy];
            foreach (var assignment in assignments.Select(assignment => assignment.Split('=', 2)))
            {
                var set = await StartAsync(["config", "set", "--path", assignment[0], assignment[1], "--stack", stack, .. config], folder);
                if (set != 0)
                {
                    return set;
                }
            }
        }

        return await StartAsync([command, "--stack", stack, .. config], folder);
    }

    private static async Task<int> StartAsync(IReadOnlyList<string> arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo("pulumi", arguments) { WorkingDirectory = folder })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task<(int ExitCode, string Error)> AskAsync(string program, IReadOnlyList<string> arguments)
    {
        var result = await new Cluster.Processes.CommandRunner().RunAsync(new Cluster.Processes.Command(program, arguments) { Timeout = LookTime });
        return (result.ExitCode, result.StandardError);
    }

    private static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
