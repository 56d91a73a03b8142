using System.Text.Json;

namespace Pulumi;

public static partial class Output
{
    /// <summary>
    /// The JSON text of a value. Outputs and inputs within it count as their values; one of them unknown or secret makes the text so.
    /// </summary>
    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Output<string>(WriteAsync());

        async Task<OutputData<string>> WriteAsync()
        {
            var data = await value.Data.ConfigureAwait(false);
            if (!data.IsKnown)
            {
                return new OutputData<string>(data.Resources, "", false, data.IsSecret);
            }

            var converter = new OutputJsonConverter(data.Then(OutputData<string>.Of("")));
            var text = JsonSerializer.Serialize(data.Value, converter.AddTo(options));
            return converter.Seen with { Value = converter.Seen.IsKnown ? text : "" };
        }
    }

    /// <summary>The value that a JSON text stands for. Outputs and inputs within it are as secret as the text.</summary>
    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new Output<T>(ReadAsync());

        async Task<OutputData<T>> ReadAsync()
        {
            var data = await json.Data.ConfigureAwait(false);
            var value = data.IsKnown ? JsonSerializer.Deserialize<T>(data.Value, new OutputJsonConverter(data).AddTo(options))! : default!;
            return new OutputData<T>(data.Resources, value, data.IsKnown, data.IsSecret);
        }
    }
}
