using System.Text.Json;

namespace Lab.Specs;

/// <summary>A field has a value of another type, in words that can stand in a sentence.</summary>
/// <param name="what">What the field takes.</param>
internal sealed class WantedException(string what) : JsonException($"{what} is wanted");
