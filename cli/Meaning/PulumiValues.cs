namespace Cli.Meaning;

/// <summary>What stands in a preview of pulumi in the place of values.</summary>
internal static class PulumiValues
{
    /// <summary>A value that is not known yet. Source: pulumi, pkg/resource/stack/deployment.go, computedValuePlaceholder.</summary>
    public const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    /// <summary>A secret. Source: pulumi, pkg/backend/display/json.go, massagePropertyValue.</summary>
    public const string Secret = "[secret]";
}
