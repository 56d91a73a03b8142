using System.Text.Json.Nodes;
using Pulumi;

namespace Cli.Evaluation;

/// <summary>A resource that the program registered: what it was given, and how Pulumi is to manage it.</summary>
/// <param name="Resource">The resource itself, which other resources' options and inputs name.</param>
/// <param name="Type">Its type token, such as <c>kubernetes:apps/v1:StatefulSet</c>.</param>
/// <param name="Name">Its name in the stack.</param>
/// <param name="Args">Its arguments as the program gave them.</param>
/// <param name="Options">Its options as the program gave them, transformations applied.</param>
internal sealed record RecordedResource(Resource Resource, string Type, string Name, ResourceArgs Args, ResourceOptions Options)
{
    private const string KubernetesPackage = "kubernetes:";

    /// <summary>What it was given, under wire names, as a provider would see it: without what is unknown, and without marks of what is secret.</summary>
    public JsonObject Inputs { get; init; } = [];

    /// <summary>The provider that manages it, as URN and id; empty for the default one of its package.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>Whether it is an object of a Kubernetes cluster.</summary>
    public bool IsKubernetes => Type.StartsWith(KubernetesPackage, StringComparison.Ordinal);

    /// <summary>The last part of the type, such as <c>StatefulSet</c>.</summary>
    public string Kind => Type[(Type.LastIndexOf(':') + 1)..];

    /// <summary>What tells it from the others of its stack in lists: kind and name.</summary>
    public string Label => $"{Kind} {Name}";
}
