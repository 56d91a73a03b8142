namespace Pulumi;

/// <summary>What a deployment says about itself.</summary>
public sealed class DeploymentInstance
{
    internal DeploymentInstance(Deployment deployment) => Deployment = deployment;

    public string StackName => Deployment.Options.StackName ?? "stack";

    public string ProjectName => Deployment.Options.ProjectName ?? "project";

    public string OrganizationName => Deployment.Options.OrganizationName ?? "organization";

    /// <exception cref="InvalidOperationException">The test did not name one.</exception>
    public string RootDirectory => Deployment.Options.RootDirectory
        ?? throw new InvalidOperationException("This deployment has no root directory: name one in TestOptions.RootDirectory.");

    public bool IsDryRun => Deployment.Options.IsPreview ?? true;

    internal Deployment Deployment { get; }
}
