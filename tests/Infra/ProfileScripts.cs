using Infra.MySql;
using Infra.MySql.Profiles;

namespace Tests.Infra;

/// <summary>A folder with the scripts and configuration files of a profile, side by side as its pods have them.</summary>
internal sealed class ProfileScripts : IDisposable
{
    public ProfileScripts(MySqlProfile profile)
    {
        foreach (var (name, text) in MySqlConfiguration.Data(profile, MySqlDurability.Async, null, new Dictionary<string, string>()))
        {
            File.WriteAllText(Path.Combine(Folder, name), text);
        }

        foreach (var file in profile.HasBackups ? BackupFiles.ScriptFiles(profile) : [])
        {
            File.WriteAllText(Path.Combine(Folder, MySqlConfiguration.KeyOf(file)), EmbeddedFile.Read(file));
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("profile-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
