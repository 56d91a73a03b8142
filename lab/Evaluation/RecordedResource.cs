using System.Text.Json.Nodes;

namespace Lab.Evaluation;

/// <summary>A resource that the program registered.</summary>
/// <param name="Type">Its type token, such as <c>kubernetes:apps/v1:StatefulSet</c>.</param>
/// <param name="Name">Its name in the stack.</param>
/// <param name="Inputs">What it was given, under wire names.</param>
internal sealed record RecordedResource(string Type, string Name, JsonObject Inputs)
{
    /// <summary>Whether it is an object of a Kubernetes cluster.</summary>
    public bool IsKubernetes => Type.StartsWith("kubernetes:", StringComparison.Ordinal);
}
