using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Utilities;

namespace Cli.Evaluation;

/// <summary>What a component, or the stack, told as its outputs.</summary>
/// <param name="Values">Each known value by its name.</param>
/// <param name="Secrets">The names of those that are secret.</param>
/// <param name="Unknowns">The names of those that are not known yet.</param>
internal sealed record RecordedOutputs(JsonObject Values, IReadOnlyList<string> Secrets, IReadOnlyList<string> Unknowns)
{
    /// <summary>Reads the outputs of the resource of that URN; none where it told none.</summary>
    public static async Task<RecordedOutputs> OfAsync(Recorder recorder, string urn)
    {
        var values = new JsonObject();
        List<string> secrets = [], unknowns = [];
        foreach (var (name, output) in recorder.Outputs.GetValueOrDefault(urn, []).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (await Output.IsSecretAsync(output))
            {
                secrets.Add(name);
            }

            if (!await OutputUtilities.GetIsKnownAsync(output))
            {
                unknowns.Add(name);
                continue;
            }

            values[name] = WireValue.ToNode(await OutputUtilities.GetValueAsync(output));
        }

        return new RecordedOutputs(values, secrets, unknowns);
    }
}
