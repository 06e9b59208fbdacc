using System;
using System.IO;
using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using PartnerCenterSR.Core.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>A journal in a real file: held by one, by whatever name, and not by those who may not.</summary>
public sealed partial class JournalFileStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pcsr").FullName;

    private string Path => System.IO.Path.Combine(_folder, "run.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_the_disk_refuses_only_when_it_is_flushed_is_told()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Nothing that can be brought to a disk: the system says so, and FileStream does not.
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using FileStream file = new(new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false), FileAccess.Write);
        file.Flush(flushToDisk: true);
        Assert.NotEmpty(Assert.Throws<IOException>(() => Disk.Flush(file)).Message);
    }

    [Fact]
    public void One_run_has_it_and_the_next_when_that_has_ended()
    {
        using (JournalFileStore first = JournalFileStore.Open(Path))
        {
            PartnerCenterException inUse = Assert.Throws<PartnerCenterException>(() => JournalFileStore.Open(Path));
            Assert.Equal((ErrorIds.JournalInUse, true), (inUse.ErrorId, inUse.RecommendedAction is not null));
            first.Append("one\n"u8.ToArray());
            first.Flush();

            // Whoever only reads is not in the way.
            using FileStream reader = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Assert.Equal(4, reader.Length);
        }

        using JournalFileStore second = JournalFileStore.Open(Path);
        second.Truncate(4);
        second.Append("two\n"u8.ToArray());
        second.Truncate(6);
        second.Append("!\n"u8.ToArray());
        second.Flush();
        using StreamReader text = new(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Equal("one\ntw!\n", text.ReadToEnd());
        Assert.Equal(Path, second.Name);
        Assert.True(File.Exists(Path + ".lock"));
    }

    [Fact]
    public void A_link_to_it_is_the_same_journal()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string link = System.IO.Path.Combine(_folder, "link.jsonl");
        using JournalFileStore held = JournalFileStore.Open(Path);
        File.CreateSymbolicLink(link + ".first", Path);
        File.CreateSymbolicLink(link, link + ".first");
        Assert.Equal(ErrorIds.JournalInUse, Assert.Throws<PartnerCenterException>(() => JournalFileStore.Open(link)).ErrorId);
        held.Dispose();
        using JournalFileStore byLink = JournalFileStore.Open(link);
        Assert.Equal(Path, byLink.Name);
    }

    [Fact]
    public void It_is_made_for_its_owner_alone_and_one_that_others_may_write_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        JournalFileStore.Open(Path).Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        foreach (UnixFileMode open in new[] { UnixFileMode.GroupWrite, UnixFileMode.OtherWrite })
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | open);
            PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => JournalFileStore.Open(Path));
            Assert.Equal(ErrorIds.InvalidJournal, error.ErrorId);
            Assert.NotNull(error.RecommendedAction);
        }

        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        JournalFileStore.Open(Path).Dispose();
    }

    [Fact]
    public void What_is_no_file_is_told_and_held_by_nobody()
    {
        Directory.CreateDirectory(Path);
        Assert.ThrowsAny<Exception>(() => JournalFileStore.Open(Path));
        Directory.Delete(Path);
        JournalFileStore.Open(Path).Dispose();
    }
}
