using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>A journal in memory: what it comes to, whatever a crash, a spreadsheet or a colleague did to it or to its input.</summary>
public sealed class JournalTests
{
    private static readonly JournalBinding Binding = new("service.example", "tenant", "account");
    private static readonly Clock Clock = new(TimeProvider.System);

    private static ServiceRequestUpdate Row(long row, string? note, ServiceRequestStatus? status = null, string id = "1") => new(row, id, null, new() { Note = note, Status = status });

    private static async Task WriteAsync(MemoryStore store, UpdateOutcome? outcome, params ServiceRequestUpdate[] rows)
    {
        using JournalFile journal = JournalFile.Open(store, Binding, Clock);
        foreach (ServiceRequestUpdate row in rows)
        {
            JournalClaim claim = journal.Claim(row);
            await journal.BeginAsync(claim, row, row.Changes, Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), DateTimeOffset.UtcNow, null);
            if (outcome is { } ended)
            {
                journal.End(claim, ended, null, 1, Guid.NewGuid().ToString(), DateTimeOffset.UtcNow, null);
            }
        }
    }

    private static JournalClaim Claim(MemoryStore store, ServiceRequestUpdate row)
    {
        using JournalFile journal = JournalFile.Open(store, Binding, Clock);
        return journal.Claim(row);
    }

    [Theory]
    [InlineData("one\r\ntwo", "one\ntwo")]
    [InlineData("one  two ", "one two")]
    [InlineData("x < y", "x &lt; y")]
    [InlineData("caf\u00e9", "cafe\u0301")]
    public async Task A_note_that_a_spreadsheet_wrote_otherwise_is_the_same(string before, string after)
    {
        MemoryStore store = new();
        await WriteAsync(store, UpdateOutcome.Succeeded, Row(1, before));
        Assert.True(Claim(store, Row(1, after)).IsDone);
    }

    [Fact]
    public async Task A_note_that_is_done_under_other_changes_is_refused_and_told()
    {
        MemoryStore store = new();
        await WriteAsync(store, UpdateOutcome.Succeeded, Row(1, "x"));
        Assert.NotNull(Claim(store, Row(1, "x", ServiceRequestStatus.Closed)).Refusal);
        Assert.Null(Claim(store, Row(1, "y", ServiceRequestStatus.Closed)).Refusal);
    }

    [Fact]
    public async Task What_is_unfinished_is_claimed_first_then_what_failed_then_what_is_done()
    {
        MemoryStore store = new();
        await WriteAsync(store, UpdateOutcome.Succeeded, Row(1, "x"));
        using (JournalFile journal = JournalFile.Open(store, Binding, Clock))
        {
            Assert.True(journal.Claim(Row(1, "x")).IsDone);
            JournalClaim second = journal.Claim(Row(2, "x"));
            await journal.BeginAsync(second, Row(2, "x"), Row(2, "x").Changes, "id", "id", DateTimeOffset.UtcNow, null);
        }

        Assert.NotNull(Claim(store, Row(1, "x")).Unfinished);
        using (JournalFile journal = JournalFile.Open(store, Binding, Clock))
        {
            journal.End(journal.Claim(Row(1, "x")), UpdateOutcome.Failed, new(ErrorIds.Throttled, "no"), 1, "id", DateTimeOffset.UtcNow, null);
        }

        JournalClaim claim = Claim(store, Row(1, "x"));
        Assert.Equal((false, null), (claim.IsDone, claim.Unfinished));
    }

    [Fact]
    public async Task A_row_whose_successor_is_done_is_not_sent_but_told()
    {
        MemoryStore store = new();
        await WriteAsync(store, UpdateOutcome.Failed, Row(1, "first"));
        await WriteAsync(store, UpdateOutcome.Succeeded, Row(2, "second"));
        Assert.NotNull(Claim(store, Row(1, "first")).Refusal);
    }

    [Fact]
    public async Task What_the_input_no_longer_names_is_left_open()
    {
        MemoryStore store = new();
        await WriteAsync(store, null, Row(1, "x"), Row(2, "y", id: "2"));
        using JournalFile journal = JournalFile.Open(store, Binding, Clock);
        journal.Claim(Row(1, "x"));
        Assert.Equal("2", Assert.Single(journal.LeftOpen).Intent.Id);
    }

    [Theory]
    [InlineData("other.example", "tenant", "account", false)]
    [InlineData("service.example", "another", "account", false)]
    [InlineData("service.example", "tenant", "another", false)]
    [InlineData("SERVICE.example", null, null, true)]
    public async Task It_is_for_one_connection(string endpoint, string? tenant, string? account, bool allowed)
    {
        MemoryStore store = new();
        await WriteAsync(store, UpdateOutcome.Succeeded, Row(1, "x"));
        byte[] before = store.Bytes;
        JournalBinding other = new(endpoint, tenant, account);
        if (allowed)
        {
            JournalFile.Open(store, other, Clock).Dispose();
            return;
        }

        Assert.Equal(ErrorIds.InvalidJournal, Assert.Throws<PartnerCenterException>(() => JournalFile.Open(store, other, Clock)).ErrorId);
        Assert.Equal(before, store.Bytes);
    }

    [Fact]
    public async Task Cut_anywhere_it_has_the_facts_up_to_there()
    {
        MemoryStore store = new();
        await WriteAsync(store, UpdateOutcome.Succeeded, Row(1, "caf\u00e9"), Row(2, "\U0001F600"));
        int lines = Lines(store.Bytes);
        for (int length = 0; length <= store.Bytes.Length; length++)
        {
            MemoryStore cut = new() { Bytes = store.Bytes[..length] };
            JournalFile.Open(cut, Binding, Clock).Dispose();

            // The torn line is gone, none has been lengthened, and what is written next stands alone.
            int whole = Lines(store.Bytes[..length]);
            Assert.Equal(Math.Max(1, whole), Lines(cut.Bytes));
            Assert.InRange(whole, 0, lines);
            Assert.Equal((byte)'\n', cut.Bytes[^1]);
        }
    }

    [Fact]
    public async Task A_whole_line_whose_key_is_not_of_what_it_says_is_damage()
    {
        MemoryStore store = new();
        await WriteAsync(store, UpdateOutcome.Succeeded, Row(1, "the note"));
        store.Bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(store.Bytes).Replace("the note", "another note", StringComparison.Ordinal));
        Assert.Equal(ErrorIds.InvalidJournal, Assert.Throws<PartnerCenterException>(() => JournalFile.Open(store, Binding, Clock)).ErrorId);
    }

    [Fact]
    public void The_version_before_is_still_read_and_gone_on_with()
    {
        ServiceRequestChanges changes = new() { Note = "x\r\ny" };
        string key = new JournalKey(JournalKey.FirstHashOf("1", null, changes), 1).ToString();
        MemoryStore store = new()
        {
            Bytes = Encoding.UTF8.GetBytes(string.Join('\n', new[]
            {
                "{\"type\":\"header\",\"version\":1}",
                $"{{\"type\":\"intent\",\"key\":\"{key}\",\"row\":1,\"id\":\"1\",\"note\":\"x\\r\\ny\",\"requestId\":\"{Guid.NewGuid()}\",\"time\":\"2026-01-01T00:00:00Z\"}}",
                $"{{\"type\":\"outcome\",\"key\":\"{key}\",\"outcome\":\"Succeeded\",\"time\":\"2026-01-01T00:00:01Z\"}}",
                string.Empty,
            })),
        };
        Assert.True(Claim(store, Row(1, "x\ny")).IsDone);
        Assert.True(Claim(store, Row(1, "x\ny")).IsDone);
        Assert.Contains("\"version\":3", Encoding.UTF8.GetString(store.Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_it_cannot_be_written_everyone_who_waits_is_told(bool atFlush)
    {
        MemoryStore store = new();
        using JournalFile journal = JournalFile.Open(store, Binding, Clock);
        (store.FailsAtFlush, store.FailsAtAppend) = (atFlush, !atFlush);
        Task[] waiting = [.. Enumerable.Range(1, 20).Select(row => journal.BeginAsync(journal.Claim(Row(row, $"note {row}")), Row(row, $"note {row}"), Row(row, $"note {row}").Changes, "id", "id", DateTimeOffset.UtcNow, null))];
        foreach (Task task in waiting)
        {
            Assert.Equal(ErrorIds.InvalidJournal, (await Assert.ThrowsAsync<PartnerCenterException>(() => task)).ErrorId);
        }
    }

    private static int Lines(byte[] bytes) => bytes.Count(value => value == (byte)'\n');
}
