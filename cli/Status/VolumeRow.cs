namespace Cli.Status;

/// <summary>A claim of a pod, as a real cluster knows it.</summary>
/// <param name="Claim">Its name.</param>
/// <param name="Size">Its capacity, such as 10Gi; empty until it is bound.</param>
/// <param name="UsedPercent">How full the file system on it is; nothing while that is not known.</param>
public sealed record VolumeRow(string Claim, string Size, int? UsedPercent);
