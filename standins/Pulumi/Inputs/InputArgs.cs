using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A set of inputs: every member marked with <see cref="InputAttribute"/>.</summary>
public abstract class InputArgs
{
    protected InputArgs()
    {
    }

    /// <summary>The values by wire name, as they were given.</summary>
    /// <exception cref="ArgumentNullException">A required input has no value.</exception>
    internal virtual ImmutableDictionary<string, object?> ToDictionary()
    {
        var values = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var member in InputMember.Of(GetType()))
        {
            var value = member.Get(this);
            var context = $"[Input] {GetType().FullName}.{member.Name}";
            if (value is null && member.Input.IsRequired)
            {
                throw new ArgumentNullException(member.Name, $"{context} is required but was not given a value");
            }

            values.Add(member.Input.Name, member.Input.Json ? Json.Of(context, value) : value);
        }

        return values.ToImmutable();
    }
}
