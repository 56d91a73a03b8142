using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi;

/// <summary>Writes inputs and outputs as the JSON of their values, adding up what is known about them, and reads them back.</summary>
/// <param name="around">What is known about the value that they stand in.</param>
internal sealed class OutputJsonConverter(OutputData<string> around) : JsonConverterFactory
{
    /// <summary>What is known about everything written.</summary>
    public OutputData<string> Seen { get; private set; } = around;

    public JsonSerializerOptions AddTo(JsonSerializerOptions? options)
    {
        var own = options is null ? new JsonSerializerOptions() : new JsonSerializerOptions(options);
        own.Converters.Add(this);
        return own;
    }

    public override bool CanConvert(Type typeToConvert) => Parts(typeToConvert) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(For<,>).MakeGenericType(typeToConvert, Parts(typeToConvert)!), this)!;

    /// <summary>The type of the value within an output or input; null for any other type.</summary>
    private static Type? Parts(Type type)
    {
        if (!type.IsConstructedGenericType)
        {
            return null;
        }

        var generic = type.GetGenericTypeDefinition();
        var inner = type.GenericTypeArguments;
        return generic == typeof(Output<>) || generic == typeof(Input<>) ? inner[0]
            : generic == typeof(InputList<>) ? typeof(ImmutableArray<>).MakeGenericType(inner)
            : generic == typeof(InputMap<>) ? typeof(ImmutableDictionary<,>).MakeGenericType(typeof(string), inner[0])
            : null;
    }

    private sealed class For<TOutput, T>(OutputJsonConverter parent) : JsonConverter<TOutput>
    {
        public override TOutput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = JsonSerializer.Deserialize<T>(ref reader, options)!;
            var output = new Output<T>(new OutputData<T>(parent.Seen.Resources, value, true, parent.Seen.IsSecret));
            return (TOutput)Convert(output, typeToConvert);
        }

        public override void Write(Utf8JsonWriter writer, TOutput value, JsonSerializerOptions options)
        {
            // A converter cannot wait in any other way.
            var data = ((value as IInput)?.ToOutput() ?? (IOutput)value!).GetDataAsync().GetAwaiter().GetResult();
            parent.Seen = parent.Seen.Then(new OutputData<string>(data.Resources, "", data.IsKnown, data.IsSecret));
            if (data.IsKnown)
            {
                JsonSerializer.Serialize(writer, (T)data.Value!, options);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        /// <summary>The output itself, or the input it turns into.</summary>
        private static object Convert(Output<T> output, Type type) => type == typeof(Output<T>)
            ? output
            : type.GetMethod("op_Implicit", [typeof(Output<T>)])!.Invoke(null, [output])!;
    }
}
