namespace Lab.Images;

/// <summary>Finds runnable images.</summary>
public interface IImages
{
    /// <summary>The local image to run for a reference.</summary>
    /// <param name="reference">As written in the manifest.</param>
    /// <param name="pullPolicy"><c>Always</c>, <c>IfNotPresent</c>, <c>Never</c> or empty.</param>
    /// <exception cref="Pods.ContainerStartException">There is none.</exception>
    Task<string> ResolveAsync(string reference, string pullPolicy);
}
