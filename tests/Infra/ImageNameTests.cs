using Infra.Arguments;
using Xunit;

namespace Tests.Infra;

/// <summary>Images by tag, by digest, and by both.</summary>
public sealed class ImageNameTests
{
    [Theory]
    [InlineData("mysql:8.4")]
    [InlineData("mysql@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("mysql:8.4@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("mirror.example:5000/team/mysql:8.4@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void A_name_is_taken_with_a_tag_a_digest_or_both(string name) => Assert.Null(ImageName.Problem(name, "mysql:8.4"));

    [Theory]
    [InlineData("mysql@8.4")]
    [InlineData("mysql:8.4@sha256:")]
    [InlineData("mysql:8.4@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde")]
    [InlineData("mysql:8.4@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0")]
    [InlineData("mysql:8.4@sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("mysql:8.4@md5:0123456789abcdef0123456789abcdef")]
    public void A_digest_is_whole(string name) => Assert.Equal(
        $"\"{name}\" has no whole digest behind its @: sha256: and 64 lower-case hexadecimal digits, as in mysql:8.4@sha256:...", ImageName.Problem(name, "mysql:8.4"));
}
