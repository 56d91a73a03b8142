using System.Text.Json;

namespace Stacks.Settings;

/// <summary>A kind of value that settings have.</summary>
/// <typeparam name="T">The value's type in the program.</typeparam>
/// <param name="Takes">What is accepted, as the end of the sentence "storage takes ...".</param>
/// <param name="Parse">Reads the value, or tells by an exception of type <see cref="FormatException"/> what is wrong with it.</param>
public sealed record SettingType<T>(string Takes, Func<JsonElement, T> Parse);
