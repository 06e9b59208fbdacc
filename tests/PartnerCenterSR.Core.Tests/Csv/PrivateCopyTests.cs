using System;
using System.IO;
using PartnerCenterSR.Core.Csv;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Csv;

/// <summary>What is sent is what was checked.</summary>
public sealed class PrivateCopyTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void What_is_read_is_what_was_there_when_it_was_opened_and_nobody_else_reads_it()
    {
        File.WriteAllText(_path, "before");
        using FileStream writer = new(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        using FileStream copy = PrivateCopy.Of(_path);
        File.Delete(_path);
        Assert.Equal(0, copy.Position);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy.Name));
        }

        copy.Dispose();
        Assert.False(File.Exists(copy.Name));
    }

    [Fact]
    public void What_cannot_be_read_is_told()
    {
        // It can be opened, and says at its first byte that it cannot be read.
        if (OperatingSystem.IsLinux())
        {
            Assert.ThrowsAny<IOException>(() => PrivateCopy.Of("/proc/self/mem").Dispose());
        }
    }
}
