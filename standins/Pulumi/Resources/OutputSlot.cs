using System.Reflection;

namespace Pulumi;

/// <summary>An output property of a resource, to be given its output.</summary>
internal abstract class OutputSlot
{
    /// <summary>The wire name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The class that has the property.</summary>
    public Type Owner { get; private set; } = typeof(Resource);

    /// <exception cref="RunException">The property is no output.</exception>
    /// <exception cref="InvalidOperationException">It cannot be set, or its type cannot be made from the wire.</exception>
    public static OutputSlot Of(Type type, PropertyInfo property, OutputAttribute mark)
    {
        var name = mark.Name ?? property.Name;
        if (property.PropertyType is not { IsConstructedGenericType: true } output || output.GetGenericTypeDefinition() != typeof(Output<>))
        {
            throw RunException.OutputsHaveIncorrectType([name]);
        }

        var context = $"[Output] {type.FullName}.{property.Name}";
        // A private setter is found through the type that declares it.
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var setter = property.DeclaringType!.GetProperty(property.Name, own)!.SetMethod
            ?? throw new InvalidOperationException($"{context} did not have a 'set' method");
        var valueType = output.GenericTypeArguments[0];
        OutputShape.Check(context, valueType);
        var slot = (OutputSlot)Activator.CreateInstance(typeof(For<,>).MakeGenericType(setter.DeclaringType!, valueType))!;
        slot.Name = name;
        slot.Owner = setter.DeclaringType!;
        slot.Bind(setter);
        return slot;
    }

    /// <summary>Sets the property to an output, and returns the promise of its value.</summary>
    public abstract OutputPromise Fill(Resource resource);

    protected abstract void Bind(MethodInfo setter);

    private sealed class For<TResource, T> : OutputSlot
        where TResource : Resource
    {
        private Action<TResource, Output<T>> _set = null!;

        public override OutputPromise Fill(Resource resource)
        {
            var promise = new OutputPromise<T>(resource);
            _set((TResource)resource, promise.Output);
            return promise;
        }

        protected override void Bind(MethodInfo setter) => _set = setter.CreateDelegate<Action<TResource, Output<T>>>();
    }
}
