using Cli.Status;
using k8s.Models;
using Xunit;

namespace Tests.Cli.Status;

/// <summary>What status says of a claim that has less than it asks for.</summary>
public sealed class ClaimGrowthTests
{
    [Theory]
    [InlineData("20Gi", null, "claim data-db-0 has 10Gi of the 20Gi that it asks for: it grows; kubectl -n shop describe pvc data-db-0 tells what keeps it")]
    [InlineData("20Gi", "Resizing", "claim data-db-0 has 10Gi of the 20Gi that it asks for: it grows; kubectl -n shop describe pvc data-db-0 tells what keeps it")]
    [InlineData("20Gi", "FileSystemResizePending", "claim data-db-0 has 10Gi of the 20Gi that it asks for: its file system grows when its pod starts anew, where the node does not do it by itself in some minutes; delete such pods one by one, each when the one before it is ready, the primary last")]
    [InlineData("20Gi", "ControllerResizeError", "claim data-db-0 has 10Gi of the 20Gi that it asks for, and cannot grow: quota")]
    [InlineData("10240Mi", "FileSystemResizePending", null)]
    [InlineData("5Gi", null, null)]
    public void A_claim_that_has_less_than_it_asks_for_says_what_to_do(string asked, string? condition, string? sentence) =>
        Assert.Equal(sentence, ClaimGrowth.Sentence(Claim(asked, "10Gi", condition)));

    /// <summary>Seen on Kubernetes 1.36: what the driver failed in at first stays a condition when the volume has grown.</summary>
    [Fact]
    public void What_failed_before_the_file_systems_turn_is_over()
    {
        var claim = Claim("20Gi", "10Gi", "ControllerResizeError");
        claim.Status.Conditions.Add(new V1PersistentVolumeClaimCondition { Type = "FileSystemResizePending", Status = "True" });
        Assert.EndsWith("the primary last", ClaimGrowth.Sentence(claim), StringComparison.Ordinal);
        claim.Status.Conditions.Add(new V1PersistentVolumeClaimCondition { Type = "NodeResizeError", Status = "True", Message = "it is mounted\n" });
        Assert.EndsWith("the primary last. The node: it is mounted", ClaimGrowth.Sentence(claim), StringComparison.Ordinal);
    }

    [Fact]
    public void One_without_a_volume_yet_says_nothing() => Assert.Null(ClaimGrowth.Sentence(Claim("10Gi", null, null)));

    [Fact]
    public void A_condition_that_is_over_counts_for_nothing()
    {
        var claim = Claim("20Gi", "10Gi", "ControllerResizeError");
        claim.Status.Conditions[0].Status = "False";
        Assert.EndsWith("tells what keeps it", ClaimGrowth.Sentence(claim), StringComparison.Ordinal);
    }

    private static V1PersistentVolumeClaim Claim(string asked, string? has, string? condition) => new()
    {
        Metadata = new V1ObjectMeta { Name = "data-db-0", NamespaceProperty = "shop" },
        Spec = new V1PersistentVolumeClaimSpec { Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(asked) } } },
        Status = new V1PersistentVolumeClaimStatus
        {
            Capacity = has is null ? null : new Dictionary<string, ResourceQuantity> { ["storage"] = new(has) },
            Conditions = condition is null ? null : [new V1PersistentVolumeClaimCondition { Type = condition, Status = "True", Message = "quota\n" }],
        },
    };
}
