namespace Pulumi;

public sealed partial class Deployment
{
    public static Task<int> RunAsync(Action action) => throw NoEngine();

    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => throw NoEngine();

    public static Task<int> RunAsync(Func<Task> func) => throw NoEngine();

    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) => throw NoEngine();

    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() => throw NoEngine();

    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack => throw NoEngine();

    private static InvalidOperationException NoEngine() => new(
        "This program was built against the stand-ins of the Pulumi packages, which have no engine: " +
        "restore the official packages (build with -p:PulumiSdk=official) and run it with `pulumi`.");
}
