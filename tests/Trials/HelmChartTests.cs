using Lab.Manifests;
using Trials.Bench;
using Xunit;

namespace Tests.Trials;

public sealed class HelmChartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_people_choose_comes_from_the_values_and_braces_stay_braces()
    {
        HelmChart.Write(folder.Root, [Manifest.Parse("""{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "ns"}, "spec": {"containers": [{"image": "i:1", "name": "c", "note": "{{ it }}"}], "replicas": 3}}""")]);

        Assert.Equal("chosen:\n  - ns\n  - \"i:1\"\n  - 3\n", Read("values.yaml"));
        Assert.Equal(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: a
              namespace: {{ index .Values.chosen 0 }}
            spec:
              containers:
              - name: c
                image: {{ index .Values.chosen 1 }}
                note: "{{ "{{" }} it }}"
              replicas: {{ index .Values.chosen 2 }}

            """,
            Read(Path.Combine("templates", "00-pod-a.yaml")));
        Assert.Contains("apiVersion: v2", Read("Chart.yaml"), StringComparison.Ordinal);
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(folder.Root, name));
}
