using System.Text.Json.Nodes;

namespace Lab.Manifests;

/// <summary>One Kubernetes object as it would be sent to an API server.</summary>
/// <param name="Body">The whole object, with <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>.</param>
public sealed record Manifest(JsonObject Body)
{
    /// <summary>The namespace of an object that names none.</summary>
    public const string DefaultNamespace = "default";

    /// <summary>For example <c>apps/v1</c>; empty when the object has none.</summary>
    public string ApiVersion => Text(Body["apiVersion"]);

    /// <summary>For example <c>StatefulSet</c>; empty when the object has none.</summary>
    public string Kind => Text(Body["kind"]);

    /// <summary><c>metadata.name</c>; empty when the object has none.</summary>
    public string Name => Text(Body["metadata"]?["name"]);

    /// <summary><c>metadata.namespace</c>, or <see cref="DefaultNamespace"/>.</summary>
    public string Namespace => Text(Body["metadata"]?["namespace"]) is { Length: > 0 } name ? name : DefaultNamespace;

    /// <summary>Whether its kind is one that a cluster has to be taught: Kubernetes' own are in groups without a dot, or of k8s.io.</summary>
    public bool IsCustom => ApiVersion.Split('/') is [var group, _] && group.Contains('.', StringComparison.Ordinal) && !group.EndsWith(".k8s.io", StringComparison.Ordinal);

    /// <summary>Reads an object from its JSON text.</summary>
    /// <exception cref="FormatException">The text is not a JSON object.</exception>
    public static Manifest Parse(string json) =>
        JsonNode.Parse(json) is JsonObject body ? new Manifest(body) : throw new FormatException("A manifest is a JSON object.");

    private static string Text(JsonNode? node) => node?.GetValueKind() == System.Text.Json.JsonValueKind.String ? node.GetValue<string>() : "";
}
