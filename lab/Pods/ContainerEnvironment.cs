using System.Text;
using System.Text.RegularExpressions;
using k8s.Models;
using Lab.Specs;

namespace Lab.Pods;

/// <summary>Works out a container's environment, command and arguments as the kubelet does.</summary>
public static partial class ContainerEnvironment
{
    /// <summary>The variables, by name.</summary>
    /// <exception cref="ClusterException">A ConfigMap, Secret, key or field is missing and not optional.</exception>
    public static IReadOnlyDictionary<string, string> Resolve(PodRecord pod, V1Container container, string address, DesiredCluster objects)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in container.EnvFrom)
        {
            var data = source.SecretRef is { } secret
                ? objects.DataOf("Secret", pod.Namespace, secret.Name, secret.Optional)
                : objects.DataOf("ConfigMap", pod.Namespace, source.ConfigMapRef?.Name, source.ConfigMapRef?.Optional);
            foreach (var (key, value) in data ?? new Dictionary<string, byte[]>())
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

    private static string? ValueOf(PodRecord pod, V1EnvVarSource from, string address, DesiredCluster objects) => from switch
    {
        { SecretKeyRef: { } key } => KeyOf(pod, objects, "Secret", key.Name, key.Key, key.Optional),
        { ConfigMapKeyRef: { } key } => KeyOf(pod, objects, "ConfigMap", key.Name, key.Key, key.Optional),
        { FieldRef: { } field } => FieldOf(pod, field.FieldPath ?? "", address),
        _ => throw new ClusterException("valueFrom needs secretKeyRef, configMapKeyRef or fieldRef in the lab."),
    };

    private static string? KeyOf(PodRecord pod, DesiredCluster objects, string kind, string? name, string? key, bool? optional) =>
        objects.DataOf(kind, pod.Namespace, name, optional)?.GetValueOrDefault(key ?? "") is { } value ? Encoding.UTF8.GetString(value)
            : optional == true ? null
            : throw new ClusterException($"{kind} {name} has no key {key}.");

    private static string FieldOf(PodRecord pod, string path, string address) => path switch
    {
        "metadata.name" => pod.Name,
        "metadata.namespace" => pod.Namespace,
        "metadata.uid" => pod.Uid,
        "status.podIP" or "status.podIPs" => address,
        "spec.serviceAccountName" => pod.Template.Spec.ServiceAccountName ?? "default",
        "spec.nodeName" => Environment.MachineName,
        _ when Subscript().Match(path) is { Success: true } match =>
            (match.Groups[1].Value == "labels" ? pod.Labels : pod.Template.Metadata.Annotations.AsReadOnly()).GetValueOrDefault(match.Groups[2].Value, ""),
        _ => throw new ClusterException($"fieldRef {path} is not known in the lab."),
    };

    [GeneratedRegex(@"\$\$|\$\(([^)]*)\)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^metadata\.(labels|annotations)\['(.+)'\]$")]
    private static partial Regex Subscript();
}
