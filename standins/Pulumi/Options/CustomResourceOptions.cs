namespace Pulumi;

/// <summary>How a custom resource is managed.</summary>
public sealed class CustomResourceOptions : ResourceOptions
{
    public bool? DeleteBeforeReplace { get; set; }

    public List<string> AdditionalSecretOutputs { get; set; } = [];

    public string? ImportId { get; set; }

    public Dictionary<string, string> EnvVarMappings { get; set; } = [];

    /// <summary>Both as one; lists are joined, and where both have a value that of <paramref name="options2"/> counts.</summary>
    public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2)
    {
        var merged = Copy(options1);
        var other = Copy(options2);
        merged.MergeFrom(other);
        merged.DeleteBeforeReplace = other.DeleteBeforeReplace ?? merged.DeleteBeforeReplace;
        merged.ImportId = other.ImportId ?? merged.ImportId;
        merged.AdditionalSecretOutputs.AddRange(other.AdditionalSecretOutputs);
        foreach (var (name, value) in other.EnvVarMappings)
        {
            merged.EnvVarMappings[name] = value;
        }

        return merged;
    }

    internal override ResourceOptions Clone() => Copy(this);

    private static CustomResourceOptions Copy(CustomResourceOptions? source)
    {
        var copy = new CustomResourceOptions();
        if (source is not null)
        {
            copy.CopyFrom(source);
            copy.DeleteBeforeReplace = source.DeleteBeforeReplace;
            copy.AdditionalSecretOutputs = [.. source.AdditionalSecretOutputs];
            copy.ImportId = source.ImportId;
            copy.EnvVarMappings = new Dictionary<string, string>(source.EnvVarMappings);
        }

        return copy;
    }
}
