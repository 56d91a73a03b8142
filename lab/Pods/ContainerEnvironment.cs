using System.Text;
using System.Text.RegularExpressions;
using Lab.Specs;

namespace Lab.Pods;

/// <summary>Works out a container's environment, command and arguments as the kubelet does.</summary>
public static partial class ContainerEnvironment
{
    /// <summary>The variables, by name.</summary>
    /// <exception cref="ClusterException">A ConfigMap, Secret, key or field is missing and not optional.</exception>
    public static IReadOnlyDictionary<string, string> Resolve(PodRecord pod, ContainerSpec container, string address, DesiredCluster objects)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in container.EnvFrom)
        {
            var (kind, list, selector) = source.SecretRef is { } secret
                ? ("Secret", objects.Secrets, secret)
                : ("ConfigMap", objects.ConfigMaps, source.ConfigMapRef ?? new KeySelector());
            foreach (var (key, value) in Find(pod, kind, list, selector)?.Data ?? new Dictionary<string, byte[]>())
            {
                variables[source.Prefix + key] = Encoding.UTF8.GetString(value);
            }
        }

        foreach (var variable in container.Env)
        {
            var value = variable.ValueFrom is { } from ? ValueOf(pod, from, address, objects) : Expand(variable.Value, variables);
            if (value is not null)
            {
                variables[variable.Name] = value;
            }
        }

        return variables;
    }

    /// <summary>
    /// Replaces <c>$(NAME)</c> by the variable's value; an unknown name stays, whatever stands between the parentheses, and <c>$$</c> is one dollar sign.
    /// </summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables) =>
        Reference().Replace(text, match => match.Value == "$$" ? "$" : variables.GetValueOrDefault(match.Groups[1].Value, match.Value));

    private static string? ValueOf(PodRecord pod, ValueSource from, string address, DesiredCluster objects) => from switch
    {
        { SecretKeyRef: { } key } => KeyOf(pod, "Secret", objects.Secrets, key),
        { ConfigMapKeyRef: { } key } => KeyOf(pod, "ConfigMap", objects.ConfigMaps, key),
        { FieldRef: { } field } => FieldOf(pod, field.FieldPath, address),
        _ => throw new ClusterException("valueFrom needs secretKeyRef, configMapKeyRef or fieldRef in the lab."),
    };

    private static string? KeyOf(PodRecord pod, string kind, IReadOnlyList<DataObject> list, KeySelector selector)
    {
        var data = Find(pod, kind, list, selector)?.Data;
        return data?.GetValueOrDefault(selector.Key) is { } value ? Encoding.UTF8.GetString(value)
            : selector.Optional ? null
            : throw new ClusterException($"{kind} {selector.Name} has no key {selector.Key}.");
    }

    private static DataObject? Find(PodRecord pod, string kind, IReadOnlyList<DataObject> list, KeySelector selector) =>
        list.FirstOrDefault(one => one.Namespace == pod.Namespace && one.Name == selector.Name)
            ?? (selector.Optional ? null : throw new ClusterException($"{kind} {selector.Name} does not exist in namespace {pod.Namespace}."));

    private static string FieldOf(PodRecord pod, string path, string address) => path switch
    {
        "metadata.name" => pod.Name,
        "metadata.namespace" => pod.Namespace,
        "metadata.uid" => pod.Uid,
        "status.podIP" => address,
        "spec.nodeName" => Environment.MachineName,
        _ when Subscript().Match(path) is { Success: true } match =>
            (match.Groups[1].Value == "labels" ? pod.Labels : pod.Template.Metadata.Annotations).GetValueOrDefault(match.Groups[2].Value, ""),
        _ => throw new ClusterException($"fieldRef {path} is not known in the lab."),
    };

    [GeneratedRegex(@"\$\$|\$\(([^)]*)\)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^metadata\.(labels|annotations)\['(.+)'\]$")]
    private static partial Regex Subscript();
}
