using Cli.Evaluation;
using Cli.Manifests;
using Lab.Manifests;

namespace Cli.Sides;

/// <summary>Evaluates a stack with one text in the place of every password: none can differ by chance, and none is read or made.</summary>
internal static class StandInPasswords
{
    /// <summary>The stack's objects.</summary>
    public static async Task<IReadOnlyList<Manifest>> ObjectsAsync(StackFile stack) =>
        [.. (await StackObjects.OfAsync(await StackEvaluation.RunAsync(stack, _ => SecretMask.Mask))).All.Select(SecretMask.Apply)];
}
