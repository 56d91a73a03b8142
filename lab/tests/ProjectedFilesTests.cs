using System.Text;
using k8s.Models;
using Lab.Pods;
using Lab.Specs;
using Xunit;

namespace Lab.Tests;

public sealed class ProjectedFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_projected_volume_has_the_files_of_all_its_sources_in_its_own_mode()
    {
        var sources = Sources(
            new V1VolumeProjection { ConfigMap = new V1ConfigMapProjection { Name = "config", Items = [new V1KeyToPath { Key = "a", Path = "conf/a.cnf" }] } },
            new V1VolumeProjection { Secret = new V1SecretProjection { Name = "keys", Items = [new V1KeyToPath { Key = "tls.key", Path = "tls.key", Mode = 0x120 }] } });

        ProjectedFiles.Write(folder.Root, sources.SelectMany(source => source.Files(source.Kind == "Secret" ? Data("tls.key", "k") : Data("a", "x"))));

        Assert.Equal(("x", "k"), (File.ReadAllText(At("conf/a.cnf")), File.ReadAllText(At("tls.key"))));
        Assert.Equal(((UnixFileMode)0x100, (UnixFileMode)0x120), (Mode("conf/a.cnf"), Mode("tls.key")));
    }

    [Fact]
    public void A_key_that_is_missing_is_named_where_it_may_not_be()
    {
        V1KeyToPath[] items = [new V1KeyToPath { Key = "b", Path = "b" }];
        var (strict, lenient) = (new ProjectedSource("Secret", "keys", items, 0x1A4, Optional: false), new ProjectedSource("Secret", "keys", items, 0x1A4, Optional: true));

        Assert.Equal("Secret keys has no key b.", Assert.Throws<ClusterException>(() => strict.Files(Data("a", "x"))).Message);
        Assert.Empty(lenient.Files(Data("a", "x")));
    }

    [Fact]
    public void What_the_lab_does_not_project_is_refused() => Assert.Equal(
        "Volume all: the lab projects ConfigMaps and Secrets, and nothing else.",
        Assert.Throws<ClusterException>(() => Sources(new V1VolumeProjection { ServiceAccountToken = new V1ServiceAccountTokenProjection() })).Message);

    private static IReadOnlyList<ProjectedSource> Sources(params V1VolumeProjection[] sources)
    {
        var volume = new V1Volume { Name = "all", Projected = new V1ProjectedVolumeSource { DefaultMode = 0x100, Sources = [.. sources] } };
        PodDefaults.Fill(new V1PodTemplateSpec { Spec = new V1PodSpec { Volumes = [volume] } });
        return ProjectedSource.Of(volume)!;
    }

    private static Dictionary<string, byte[]> Data(string key, string value) => new() { [key] = Encoding.UTF8.GetBytes(value) };

    private string At(string path) => Path.Combine(folder.Root, path);

    // Of the file itself, as the names are links.
    private UnixFileMode Mode(string path) => File.GetUnixFileMode(Path.Combine(folder.Root, new FileInfo(At("..data")).LinkTarget!, path));
}
