using Lab.Host;
using Xunit;

namespace Trials.Clusters;

/// <summary>Whether this machine can run the lab at all.</summary>
internal static class LabMachine
{
    /// <summary>Skips the test where it cannot, with the reason; installs what is missing where it can.</summary>
    public static async Task RequireAsync()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "the lab needs root on Linux");
        await HostPackages.EnsureAsync(_ => { });
    }
}
