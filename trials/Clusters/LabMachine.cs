using Lab.Host;
using Xunit;

namespace Trials.Clusters;

/// <summary>Whether this machine can run the lab at all.</summary>
internal static class LabMachine
{
    /// <summary>Skips the test where there is not Linux or not root; installs what is missing, and fails where that cannot be had.</summary>
    public static async Task RequireAsync()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "the lab needs root on Linux");
        await HostPackages.EnsureAsync(_ => { });
    }
}
