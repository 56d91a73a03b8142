using Pulumi;
using Pulumi.Utilities;

namespace Cli.Evaluation;

/// <summary>Who a resource used to be; what is null was the same as today.</summary>
internal sealed record RecordedAlias(string? Type, string? Name)
{
    /// <summary>Reads an alias.</summary>
    public static async Task<RecordedAlias> OfAsync(Alias alias) => new(await TextAsync(alias.Type), await TextAsync(alias.Name));

    private static async Task<string?> TextAsync(Input<string>? input) => input is null ? null : await OutputUtilities.GetValueAsync(input.ToOutput());
}
