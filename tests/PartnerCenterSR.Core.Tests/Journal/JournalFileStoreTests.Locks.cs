using System;
using System.Globalization;
using System.IO;
using PartnerCenterSR.Core.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>Who has the file, and who not.</summary>
public sealed partial class JournalFileStoreTests
{
    [Fact]
    public void On_Linux_the_file_itself_is_locked_as_well()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using JournalFileStore store = JournalFileStore.Open(Path);
        string place = (long.MaxValue - 1).ToString(CultureInfo.InvariantCulture);
        Assert.Contains(
            File.ReadLines("/proc/locks"),
            line => line.Contains("POSIX", StringComparison.Ordinal) && line.Contains($" {Environment.ProcessId} ", StringComparison.Ordinal) && line.Contains(place, StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_another_program_has_is_in_use_and_held_by_nobody_when_that_has_let_go()
    {
        JournalFileStore.Open(Path).Dispose();
        using (new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(ErrorIds.JournalInUse, Assert.Throws<PartnerCenterException>(() => JournalFileStore.Open(Path)).ErrorId);
        }

        JournalFileStore.Open(Path).Dispose();
    }

    [Fact]
    public void When_it_has_ended_nothing_holds_it()
    {
        JournalFileStore.Open(Path).Dispose();
        using FileStream mine = new(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(0, mine.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_that_was_taken_away_is_told_whatever_stands_in_its_place(bool isReplaced)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using JournalFileStore store = JournalFileStore.Open(Path);
        store.Append("one\n"u8.ToArray());
        store.Flush();
        File.Delete(Path);
        if (isReplaced)
        {
            File.WriteAllText(Path, "another");
        }

        store.Append("two\n"u8.ToArray());
        Assert.Throws<FileNotFoundException>(store.Flush);
    }

    [Fact]
    public void A_rehearsal_looks_at_one_that_a_run_has_and_is_not_in_its_way()
    {
        using JournalFileStore held = JournalFileStore.Open(Path);
        held.Append("one\n"u8.ToArray());
        held.Flush();
        using RehearsedStore looked = new(Path);
        Assert.Equal((Path, 4L), (looked.Name, looked.Open().Length));
        held.Append("two\n"u8.ToArray());
        held.Flush();
    }
}
