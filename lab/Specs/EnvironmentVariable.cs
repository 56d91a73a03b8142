namespace Lab.Specs;

/// <summary>One variable of a container's environment.</summary>
public sealed record EnvironmentVariable
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its value, where written out.</summary>
    public string Value { get; init; } = "";

    /// <summary>Where the value comes from instead.</summary>
    public ValueSource? ValueFrom { get; init; }
}

/// <summary>Where a variable's value comes from; one of the fields is set.</summary>
public sealed record ValueSource
{
    /// <summary>A key of a Secret.</summary>
    public KeySelector? SecretKeyRef { get; init; }

    /// <summary>A key of a ConfigMap.</summary>
    public KeySelector? ConfigMapKeyRef { get; init; }

    /// <summary>A field of the pod itself.</summary>
    public FieldSelector? FieldRef { get; init; }
}

/// <summary>One key of a ConfigMap or Secret.</summary>
public sealed record KeySelector
{
    /// <summary>The object's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The key.</summary>
    public string Key { get; init; } = "";

    /// <summary>Whether it may be missing.</summary>
    public bool Optional { get; init; }
}

/// <summary>A field of the pod, such as <c>metadata.name</c>.</summary>
public sealed record FieldSelector
{
    /// <summary>The field's path.</summary>
    public string FieldPath { get; init; } = "";
}

/// <summary>A whole ConfigMap or Secret as environment.</summary>
public sealed record EnvironmentSource
{
    /// <summary>Put before each key.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The ConfigMap.</summary>
    public KeySelector? ConfigMapRef { get; init; }

    /// <summary>The Secret.</summary>
    public KeySelector? SecretRef { get; init; }
}
