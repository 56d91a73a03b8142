using Infra.Workloads;
using Xunit;

namespace Tests.Infra;

public sealed class MetadataKeyTests
{
    [Theory]
    [InlineData("owner")]
    [InlineData("Owner_of.this-1")]
    [InlineData("example.com/owner")]
    [InlineData("service.beta.kubernetes.io/aws-load-balancer-type")]
    [InlineData("notpulumi.com/x")]
    public void A_qualified_name_is_one(string key) => Assert.Null(MetadataKey.AnnotationProblem(key));

    [Theory]
    [InlineData("")]
    [InlineData("/owner")]
    [InlineData("example.com/")]
    [InlineData("a/b/c")]
    [InlineData("-owner")]
    [InlineData("owner.")]
    [InlineData("under_score.com/owner")]
    [InlineData("two words")]
    [InlineData("line\n")]
    public void Anything_else_is_named(string key) => Assert.StartsWith($"\"{key}\" is not the key of an annotation: ", MetadataKey.AnnotationProblem(key), StringComparison.Ordinal);

    [Theory]
    [InlineData(63, 253, true)]
    [InlineData(64, 253, false)]
    [InlineData(63, 254, false)]
    public void Both_parts_have_a_limit(int name, int prefix, bool fits) =>
        Assert.Equal(fits, MetadataKey.AnnotationProblem($"{new string('p', prefix)}/{new string('n', name)}") is null);

    [Theory]
    [InlineData("pulumi.com/skipAwait")]
    [InlineData("pulumi.com/timeoutSeconds")]
    [InlineData("Pulumi.com/skipAwait")]
    public void What_says_how_to_wait_is_the_components_own(string key) => Assert.Equal(
        "annotations of pulumi.com are the component's own; they say how to wait for its objects and how to delete them", MetadataKey.AnnotationProblem(key));

    [Fact]
    public void A_label_may_have_any_qualified_key()
    {
        Assert.Null(MetadataKey.LabelProblem("pulumi.com/team"));
        Assert.StartsWith("\"a b\" is not the key of a label: ", MetadataKey.LabelProblem("a b"), StringComparison.Ordinal);
    }
}
