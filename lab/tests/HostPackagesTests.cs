using Lab.Host;
using Xunit;

namespace Lab.Tests;

public sealed class HostPackagesTests
{
    [Theory]
    [InlineData(true, true, null)]
    [InlineData(true, false, "The lab gives containers networks and volumes of their own, which needs root: run this with sudo.")]
    [InlineData(false, true, "The lab runs containers with podman, which needs Linux.")]
    [InlineData(false, false, "The lab runs containers with podman, which needs Linux.")]
    public void What_no_package_mends_is_a_sentence(bool linux, bool root, string? sentence) => Assert.Equal(sentence, HostPackages.Obstacle(linux, root));

    [Fact]
    public void What_is_missing_is_told_by_its_package() => Assert.Equal(
        ["dnsmasq-base", "e2fsprogs"], HostPackages.Missing(file => Path.GetFileName(file) is not ("dnsmasq" or "mkfs.ext4")));

    [Fact]
    public void A_program_may_be_in_any_folder_of_the_system() => Assert.Equal(
        ["netavark", "aardvark-dns"], HostPackages.Missing(file => file.StartsWith("/bin/", StringComparison.Ordinal)));

    [Fact]
    public void Where_there_is_nothing_all_of_it_is() => Assert.Equal(
        ["podman", "runc", "netavark", "aardvark-dns", "iptables", "iproute2", "catatonit", "dnsmasq-base", "mmdebstrap", "uidmap", "e2fsprogs", "mount"],
        HostPackages.Missing(_ => false));
}
