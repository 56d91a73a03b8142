using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;
using Xunit;

namespace Tests.Standins;

/// <summary>Runs programs under mocks.</summary>
internal static class Program
{
    /// <summary>As an update unless <paramref name="preview"/>: what the mocks leave out is then known to be missing.</summary>
    public static Task<ImmutableArray<Resource>> RunAsync(IMocks mocks, Action program, bool preview = false) =>
        Deployment.TestAsync(mocks, new TestOptions { IsPreview = preview }, program);

    /// <summary>Runs a program that makes one resource, and returns it.</summary>
    public static async Task<T> MakeAsync<T>(IMocks mocks, Func<T> make, bool preview = false)
        where T : Resource => Assert.IsType<T>(Assert.Single(await RunAsync(mocks, () => make(), preview)));
}
