using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>The root of a deployment's resources; a class of its own may declare the stack's outputs.</summary>
public class Stack : ComponentResource
{
    internal const string RootType = "pulumi:pulumi:Stack";

    public Stack(StackOptions? options = null)
        : base(RootType, $"{Deployment.Instance.ProjectName}-{Deployment.Instance.StackName}", Convert(options)) =>
        Deployment.Running.Stack = this;

    /// <summary>What the stack declared as its outputs.</summary>
    internal Output<IDictionary<string, object?>> Declared { get; private set; } =
        Output.Create<IDictionary<string, object?>>(ImmutableDictionary<string, object?>.Empty);

    /// <summary>Registers the properties marked as outputs: a stack does not do so itself.</summary>
    /// <exception cref="RunException">One has no value, or is not an output.</exception>
    internal void RegisterDeclared()
    {
        var outputs = GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.DeclaringType?.IsAssignableFrom(typeof(Stack)) != true)
            .Select(property => (property, mark: property.GetCustomAttribute<OutputAttribute>()))
            .Where(both => both.mark is not null)
            .ToDictionary(both => both.mark!.Name ?? both.property.Name, both => both.property.GetValue(this));

        var missing = outputs.Where(output => output.Value is null).Select(output => output.Key).ToList();
        if (missing.Count > 0)
        {
            throw new RunException($"Output(s) '{string.Join(", ", missing)}' have no value assigned. " +
                "[Output] attributed properties must be assigned inside Stack constructor.");
        }

        var wrong = outputs.Where(output => output.Value is not IOutput).Select(output => output.Key).ToList();
        if (wrong.Count > 0)
        {
            throw RunException.OutputsHaveIncorrectType(wrong);
        }

        Declared = Output.Create<IDictionary<string, object?>>(outputs);
        RegisterOutputs(Declared);
    }

    private static ComponentResourceOptions? Convert(StackOptions? options) =>
        options is null ? null : new ComponentResourceOptions { ResourceTransformations = options.ResourceTransformations };
}
