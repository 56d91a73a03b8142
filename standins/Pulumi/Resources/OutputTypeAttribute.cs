namespace Pulumi;

/// <summary>Marks a class that outputs are turned into.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute;
