namespace Pulumi;

public sealed partial class Deployment
{
    public static Task<int> RunAsync(Action action) => NoEngine();

    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => NoEngine();

    public static Task<int> RunAsync(Func<Task> func) => NoEngine();

    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) => NoEngine();

    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() => NoEngine();

    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack => NoEngine();

    private static Task<int> NoEngine() => Task.FromException<int>(new InvalidOperationException(
        "This program was built against the stand-ins of the Pulumi packages, which have no engine: " +
        "restore the official packages (build with -p:PulumiSdk=official) and run it with `pulumi`."));
}
