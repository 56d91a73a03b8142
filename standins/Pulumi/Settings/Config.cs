using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>The configuration of the stack: the values whose keys begin with the project's name, or another.</summary>
public sealed class Config
{
    private readonly string _name;

    public Config(string? name = null)
    {
        const string suffix = ":config";
        name ??= Deployment.Instance.ProjectName;
        _name = name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
    }

    public string? Get(string key) => Deployment.Running.Settings.GetValueOrDefault(FullKey(key));

    public bool? GetBoolean(string key) => Get(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw Mistyped(key, text, nameof(Boolean)),
    };

    public int? GetInt32(string key) =>
        Get(key) is not { } text ? null
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : throw Mistyped(key, text, nameof(Int32));

    public double? GetDouble(string key) =>
        Get(key) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw Mistyped(key, text, nameof(Double));

    public T? GetObject<T>(string key) => Parse<T>(key, null);

    public T? GetObject<T>(string key, JsonSerializerOptions options) => Parse<T>(key, options);

    public string Require(string key) => Get(key) ?? throw Missing(key);

    public bool RequireBoolean(string key) => GetBoolean(key) ?? throw Missing(key);

    public int RequireInt32(string key) => GetInt32(key) ?? throw Missing(key);

    public double RequireDouble(string key) => GetDouble(key) ?? throw Missing(key);

    public T RequireObject<T>(string key) => RequireParsed<T>(key, null);

    public T RequireObject<T>(string key, JsonSerializerOptions options) => RequireParsed<T>(key, options);

    public Output<string>? GetSecret(string key) => Get(key) is { } text ? Output.CreateSecret(text) : null;

    public Output<bool>? GetSecretBoolean(string key) => GetBoolean(key) is { } truth ? Output.CreateSecret(truth) : null;

    public Output<int>? GetSecretInt32(string key) => GetInt32(key) is { } number ? Output.CreateSecret(number) : null;

    public Output<double>? GetSecretDouble(string key) => GetDouble(key) is { } number ? Output.CreateSecret(number) : null;

    public Output<T>? GetSecretObject<T>(string key) => Get(key) is null ? null : Output.CreateSecret(Parse<T>(key, null)!);

    public Output<T>? GetSecretObject<T>(string key, JsonSerializerOptions options) =>
        Parse<T>(key, options) is { } value ? Output.CreateSecret(value) : null;

    public Output<string> RequireSecret(string key) => Output.CreateSecret(Require(key));

    public Output<bool> RequireSecretBoolean(string key) => Output.CreateSecret(RequireBoolean(key));

    public Output<int> RequireSecretInt32(string key) => Output.CreateSecret(RequireInt32(key));

    public Output<double> RequireSecretDouble(string key) => Output.CreateSecret(RequireDouble(key));

    public Output<T> RequireSecretObject<T>(string key) => Output.CreateSecret(RequireObject<T>(key));

    public Output<T> RequireSecretObject<T>(string key, JsonSerializerOptions options) =>
        Output.CreateSecret(RequireObject<T>(key, options));

    private T? Parse<T>(string key, JsonSerializerOptions? options)
    {
        var text = Get(key);
        try
        {
            return text is null ? default : JsonSerializer.Deserialize<T>(text, options);
        }
        catch (JsonException error)
        {
            throw Mistyped(key, text, typeof(T).FullName!, error);
        }
    }

    private T RequireParsed<T>(string key, JsonSerializerOptions? options) =>
        Get(key) is null ? throw Missing(key) : Parse<T>(key, options)!;

    private string FullKey(string key) => $"{_name}:{key}";

    private RunException Mistyped(string key, string? value, string type, Exception? cause = null) =>
        new($"Configuration '{FullKey(key)}' value '{value}' is not a valid {type}", cause);

    private RunException Missing(string key) => new(
        $"Missing Required configuration variable '{FullKey(key)}'\n" +
        $"\tplease set a value using the command `pulumi config set {FullKey(key)} <value>`");
}
