using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>What a journal keeps of an update that had begun, and of itself when it is closed.</summary>
public sealed class JournalLastingTests
{
    private static readonly JournalBinding Binding = new("service", null, null);
    private static readonly Clock Clock = new(TimeProvider.System);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_identical_updates_one_that_had_begun_keeps_its_end_where_it_does_not_leave_again(bool inAnotherRun)
    {
        MemoryStore store = new();
        ServiceRequestUpdate row = Row(2);
        JournalFile journal = JournalFile.Open(store, Binding, Clock);
        journal.Claim(Row(1));
        JournalClaim claim = journal.Claim(row);
        await journal.BeginAsync(claim, row, row.Changes, "r2", "c", DateTimeOffset.UtcNow, null);
        journal.End(claim, UpdateOutcome.Failed, new(ErrorIds.Throttled, "busy"), 3, "c", DateTimeOffset.UtcNow, null);
        if (inAnotherRun)
        {
            journal.Dispose();
            journal = JournalFile.Open(store, Binding, Clock);
            claim = journal.Claim(row);
        }

        journal.Leave(claim, row, new(ErrorIds.NotSent, "stopped"), DateTimeOffset.UtcNow);
        journal.Dispose();
        using MemoryStream stream = new(store.Bytes);
        JournalEntry entry = Assert.Single(JournalReader.ReadRecords(stream, "journal")).ToEntry();
        Assert.Equal((ErrorIds.Throttled, 3, "r2"), (entry.ErrorId, entry.Attempts, entry.RequestId));
    }

    [Fact]
    public void One_that_cannot_be_closed_is_told_and_is_free()
    {
        MemoryStore store = new() { FailsAtDispose = true };
        JournalFile journal = JournalFile.Open(store, Binding, Clock);
        journal.Close(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, CancellationToken.None);
        Assert.Equal(ErrorIds.InvalidJournal, journal.Failure?.ErrorId);
        store.FailsAtDispose = false;
        JournalFile.Open(store, Binding, Clock).Dispose();
    }

    private static ServiceRequestUpdate Row(long row) => new(row, "1", null, new() { Note = "x" });
}
