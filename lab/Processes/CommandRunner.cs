using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Lab.Processes;

/// <summary>Runs external programs as child processes.</summary>
public sealed class CommandRunner : ICommandRunner
{
    /// <summary>How long to go on reading once the program has ended: a child it left behind may hold the pipe for ever.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<CommandResult> RunAsync(Command command, CancellationToken cancel = default)
    {
        using var process = Start(command);
        var output = new StringBuilder();
        var error = new StringBuilder();
        var reading = Task.WhenAll(
            ReadAsync(process.StandardOutput, output, command.OnLine),
            ReadAsync(process.StandardError, error, command.OnLine),
            WriteAsync(process, command.StandardInput));
        using var time = new CancellationTokenSource(command.Timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
        try
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
            await Task.WhenAny(reading, Task.Delay(DrainTime, CancellationToken.None)).ConfigureAwait(false);
            return new CommandResult(-1, Text(output), Text(error), TimedOut: true);
        }

        await Task.WhenAny(reading, Task.Delay(DrainTime, CancellationToken.None)).ConfigureAwait(false);
        return new CommandResult(process.ExitCode, Text(output), Text(error));
    }

    private static Process Start(Command command)
    {
        var start = new ProcessStartInfo(command.File, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!command.Inherits)
        {
            start.Environment.Clear();
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start) ?? throw new ClusterException($"{command.File} did not start.");
        }
        catch (Win32Exception failure)
        {
            throw new ClusterException($"{command.File} cannot be run: {failure.Message}.", inner: failure);
        }
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder into, Action<string>? onLine)
    {
        if (onLine is null)
        {
            var buffer = new char[4096];
            while (await reader.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
            {
                Append(into, builder => builder.Append(buffer, 0, count));
            }

            return;
        }

        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            Append(into, builder => builder.Append(line).Append('\n'));
            onLine(line);
        }
    }

    private static async Task WriteAsync(Process process, string? text)
    {
        try
        {
            if (text is not null)
            {
                await process.StandardInput.WriteAsync(text).ConfigureAwait(false);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of it; its exit code tells.
        }
    }

    // The reader may still run when the text is taken (see DrainTime).
    private static void Append(StringBuilder into, Action<StringBuilder> change)
    {
        lock (into)
        {
            change(into);
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
