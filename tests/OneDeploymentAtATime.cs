using Xunit;

namespace Tests;

/// <summary>Every test that runs a Pulumi program: its configuration comes from the environment, which they share, so they run one at a time.</summary>
[CollectionDefinition("deployment", DisableParallelization = true)]
public sealed class OneDeploymentAtATime;
