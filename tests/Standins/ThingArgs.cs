using Pulumi;

namespace Tests.Standins;

/// <summary>The inputs of a <see cref="Thing"/>.</summary>
internal sealed class ThingArgs : ResourceArgs
{
    [Input("text")]
    public Input<string>? Text { get; set; }

    [Input("number")]
    public Input<int>? Number { get; set; }

    [Input("fraction")]
    public Input<double>? Fraction { get; set; }

    [Input("truth")]
    public Input<bool>? Truth { get; set; }

    [Input("part")]
    public Input<PartArgs>? Part { get; set; }

    [Input("parts")]
    public InputList<PartArgs> Parts { get; set; } = new();

    [Input("labels")]
    public InputMap<string> Labels { get; set; } = new();

    [Input("either")]
    public InputUnion<int, string>? Either { get; set; }

    [Input("json")]
    public InputJson? Json { get; set; }

    [Input("asJson", json: true)]
    public Input<PartArgs>? AsJson { get; set; }

    [Input("plain")]
    public List<string>? Plain { get; set; }

    [Input("day")]
    public Input<DayOfWeek>? Day { get; set; }

    [Input("other")]
    public Input<Resource>? Other { get; set; }

    [Input("anything")]
    public Input<object>? Anything { get; set; }
}
