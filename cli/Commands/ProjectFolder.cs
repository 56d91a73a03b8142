using Lab.Commands;
namespace Cli.Commands;

/// <summary>The folder of the project, and what the commands keep in it between runs.</summary>
internal static class ProjectFolder
{
    /// <summary>The variable in which <c>./dev</c> says where the project is.</summary>
    private const string Variable = "STATEFULSET_ROOT";

    /// <summary>Where Pulumi.yaml is: what <c>./dev</c> says, or the nearest folder above the current one that has it.</summary>
    public static string Root => Found.Value;

    // Lazily, so that the sentence of the one who does not find it is not wrapped by the runtime.
    private static readonly Lazy<string> Found = new(() => Environment.GetEnvironmentVariable(Variable) ?? Above(Directory.GetCurrentDirectory()));

    /// <summary>What is kept of a stack on this machine; ignored by git.</summary>
    public static string OfStack(string stack) => Path.Combine(Root, ".dev", "stacks", stack);

    /// <summary>The random passwords of a stack on this machine.</summary>
    public static Evaluation.Passwords Passwords(string stack) => new(Path.Combine(OfStack(stack), "passwords.json"));

    private static string Above(string folder) => File.Exists(Path.Combine(folder, "Pulumi.yaml"))
        ? folder
        : Directory.GetParent(folder) is { } parent ? Above(parent.FullName) : throw new CommandException("there is no Pulumi.yaml here or above");
}
