using System.Runtime.CompilerServices;

namespace Infra.Workloads;

/// <summary>
/// Copies of arguments. What a user hands over may serve another workload too, so that it is never changed; and the arguments of a pod have more than
/// fifty properties, which a copy by hand would have to follow with every version.
/// </summary>
internal static class ShallowCopy
{
    /// <summary>A copy that shares every value with the original.</summary>
    public static T Of<T>(T original)
        where T : class => (T)MemberwiseClone(original);

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern object MemberwiseClone(object original);
}
