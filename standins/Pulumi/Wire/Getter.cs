using System.Reflection;

namespace Pulumi;

/// <summary>Reads a property through a delegate: reflection compiles a method for each property that it reads more than once.</summary>
internal abstract class Getter
{
    public static Func<object, object?> Of(PropertyInfo property)
    {
        if (property.GetMethod is not { } method)
        {
            return property.GetValue;
        }

        var getter = (Getter)Activator.CreateInstance(typeof(For<,>).MakeGenericType(method.DeclaringType!, property.PropertyType))!;
        getter.Bind(method);
        return getter.Read;
    }

    protected abstract void Bind(MethodInfo method);

    protected abstract object? Read(object owner);

    private sealed class For<TOwner, TValue> : Getter
    {
        private Func<TOwner, TValue> _read = null!;

        protected override void Bind(MethodInfo method) => _read = method.CreateDelegate<Func<TOwner, TValue>>();

        protected override object? Read(object owner) => _read((TOwner)owner);
    }
}
