using System.Security.Cryptography;
using System.Text.Json;

namespace Cli.Evaluation;

/// <summary>
/// The random passwords of a stack on this machine. They are kept, readable by their owner only, as the claims of a local cluster are: data
/// made under a password is of little use without it.
/// </summary>
internal sealed class Passwords(string file)
{
    private const int Length = 32;
    // With one of these always in it, as in those of the real provider: what stumbles over one is to stumble here.
    private const string Special = "_.-";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + Special;

    private readonly Dictionary<string, string> known = File.Exists(file)
        ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? []
        : [];

    private readonly Lock gate = new();
    private bool changed;

    /// <summary>The password of that resource, the same each time.</summary>
    public string For(string resource)
    {
        lock (gate)
        {
            if (!known.TryGetValue(resource, out var password))
            {
                do
                {
                    known[resource] = password = RandomNumberGenerator.GetString(Letters, Length);
                }
                while (!password.AsSpan().ContainsAny(Special));
                changed = true;
            }

            return password;
        }
    }

    /// <summary>Keeps what was made since; the file is whole at any time.</summary>
    public void Save()
    {
        if (!changed)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var next = $"{file}.new";
        using (var stream = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            JsonSerializer.Serialize(stream, known);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, file, overwrite: true);
    }
}
