namespace Lab.Pods;

/// <summary>A file of a volume that holds pieces of objects.</summary>
/// <param name="Path">Where in the volume.</param>
/// <param name="Content">What is in it.</param>
/// <param name="Mode">Its mode.</param>
internal sealed record ProjectedFile(string Path, byte[] Content, int Mode);
