using Lab.Pods;
using Xunit;

namespace Lab.Tests;

public sealed class LogTailTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_line_comes_once_and_whole()
    {
        var path = Path.Combine(folder.Root, "log");
        var tail = new LogTail(path);
        Assert.Empty(tail.Read());
        File.AppendAllText(path, "t stdout F one\nt stdout P tw");
        Assert.Equal(["one"], tail.Read());
        File.AppendAllText(path, "o and \n");
        Assert.Empty(tail.Read());
        File.AppendAllText(path, "t stdout F half\nt stdout F three\n");
        Assert.Equal(["two and half", "three"], tail.Read());
        Assert.Empty(tail.Read());
    }
}
