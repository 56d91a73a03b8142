namespace Pulumi.Testing;

/// <summary>What a deployment under mocks says about itself.</summary>
public class TestOptions
{
    /// <summary>"project" unless given.</summary>
    public string? ProjectName { get; set; }

    public string? RootDirectory { get; set; }

    /// <summary>"stack" unless given.</summary>
    public string? StackName { get; set; }

    /// <summary>True unless given: outputs that the mocks leave out are then unknown.</summary>
    public bool? IsPreview { get; set; }

    /// <summary>"organization" unless given.</summary>
    public string? OrganizationName { get; set; }
}
