using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PartnerCenterSR.Core.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>Journals of every version, and of several runs: which of identical rows is which, and what is left of an earlier run.</summary>
public sealed partial class JournalHistoryTests
{
    private static readonly JournalBinding Binding = new("service.example", null, null);
    private static readonly Clock Clock = new(TimeProvider.System);
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ServiceRequestChanges Note = new() { Note = "x" };
    private static readonly ServiceRequestChanges Closed = new() { Status = ServiceRequestStatus.Closed };

    private static JournalLine Header(int version) => version == 1
        ? new() { Type = JournalLine.Header, Version = 1 }
        : new() { Type = JournalLine.Header, Version = version, JournalId = Guid.NewGuid().ToString("N"), Endpoint = Binding.Endpoint };

    private static JournalLine Intent(JournalKey key, int row, ServiceRequestChanges changes, string id = "1", string? customerId = null) => new()
    {
        Type = JournalLine.Intent,
        Key = key.ToString(),
        Row = row,
        Id = id,
        CustomerId = customerId,
        Changes = changes,
        RequestId = "r" + row,
        Time = Time,
        ServiceTime = Time.AddSeconds(1),
    };

    private static JournalLine End(JournalKey key, UpdateOutcome outcome) => new() { Type = JournalLine.End, Key = key.ToString(), Outcome = outcome, Time = Time.AddSeconds(2), ServiceTime = Time.AddSeconds(3) };

    private static MemoryStore Store(params JournalLine[] lines) => new() { Bytes = [.. lines.SelectMany(line => line.ToBytes().Append((byte)'\n'))] };

    private static ServiceRequestUpdate Row(int row, string? customerId = null) => new(row, "1", customerId, Note);

    /// <summary>Whoever reads an earlier journal must find the same keys.</summary>
    [Fact]
    public void Keys_are_the_same_for_ever()
    {
        Assert.Equal("19f0e07627573401c72285bed1620200", JournalKey.HashOf("a", Note).ToString("N"));
        Assert.Equal("6aabcec911679c42b357a0844130f292", JournalKey.HashOf("a", Closed).ToString("N"));
        Assert.Equal("ce4540941fc7adf0007075cb6966eba5", JournalKey.SecondHashOf("a", "c", Note).ToString("N"));
        Assert.Equal("a0c9dc36a55b29a33cff6a84e762c6cd", JournalKey.FirstHashOf("a", "c", Note).ToString("N"));
        Assert.Equal(JournalKey.HashOf("A", Note), JournalKey.HashOf("a", Note));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_request_by_two_routes_was_two_updates_and_both_are_done(int version)
    {
        JournalKey[] keys = [.. new[] { null, "c" }.Select(customer => new JournalKey(version == 1 ? JournalKey.FirstHashOf("1", customer, Note) : JournalKey.SecondHashOf("1", customer, Note), 1))];
        MemoryStore store = Store(Header(version), Intent(keys[0], 1, Note), End(keys[0], UpdateOutcome.Succeeded), Intent(keys[1], 2, Note, customerId: "c"), End(keys[1], UpdateOutcome.Succeeded));
        using (JournalFile journal = JournalFile.Open(store, Binding, Clock))
        {
            JournalClaim[] claims = [journal.Claim(Row(1, "c")), journal.Claim(Row(2)), journal.Claim(Row(3))];
            Assert.Equal([true, true, false], claims.Select(claim => claim.IsDone));
            Assert.Equal([1, 2, 3], claims.Select(claim => claim.Key.Occurrence));
        }

        Assert.Equal(2, Headers(store));
        JournalFile.Open(store, Binding, Clock).Dispose();
        Assert.Equal(2, Headers(store));
    }

    [Fact]
    public void Of_identical_rows_each_is_its_own()
    {
        JournalKey[] keys = [.. new[] { 3, 2, 5 }.Select(occurrence => new JournalKey(JournalKey.HashOf("1", Note), occurrence))];
        MemoryStore store = Store([Header(3), .. keys.SelectMany((key, i) => new[] { Intent(key, i + 1, Note), End(key, UpdateOutcome.Succeeded) })]);
        using JournalFile journal = JournalFile.Open(store, Binding, Clock);
        Assert.Equal([2, 3, 5, 6, 7], Enumerable.Range(1, 5).Select(row => journal.Claim(Row(row)).Key.Occurrence));
    }

    [Fact]
    public void What_is_left_open_is_told_in_the_order_of_the_rows()
    {
        JournalKey[] keys = [.. new[] { "7", "5", "6" }.Select(id => new JournalKey(JournalKey.HashOf(id, Note), 1))];
        using JournalFile journal = JournalFile.Open(Store(Header(3), Intent(keys[0], 7, Note, "7"), Intent(keys[1], 5, Note, "5"), Intent(keys[2], 6, Note, "6")), Binding, Clock);
        Assert.Equal(["5", "6", "7"], journal.LeftOpen.Select(record => record.Intent.Id));
    }

    [Theory]
    [InlineData(UpdateOutcome.Succeeded, true)]
    [InlineData(UpdateOutcome.Failed, false)]
    [InlineData(UpdateOutcome.Unknown, true)]
    public void What_is_there_or_may_be_is_known_with_its_times(UpdateOutcome outcome, bool isKnown)
    {
        JournalKey key = new(JournalKey.HashOf("1", Note), 1);
        using JournalFile journal = JournalFile.Open(Store(Header(3), Intent(key, 1, Note), End(key, outcome)), Binding, Clock);
        Assert.Equal(isKnown ? [new KnownNote(NoteText.Hash("x"), Time.AddSeconds(1), Time.AddSeconds(3), outcome == UpdateOutcome.Succeeded, "r1") { Ahead = TimeSpan.FromSeconds(1) }] : [], journal.Notes.Of("1"));
        Assert.Null(journal.Claim(Row(1)).Refusal);
    }

    [Fact]
    public void One_that_could_not_be_opened_is_free_and_one_that_is_in_use_is_not()
    {
        MemoryStore store = Store(Header(3));
        store.FailsAtTruncate = true;
        Assert.Throws<IOException>(() => JournalFile.Open(store, Binding, Clock));
        Assert.True(store.IsDisposed);
        store.FailsAtTruncate = false;
        using JournalFile journal = JournalFile.Open(store, Binding, Clock);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(ErrorIds.JournalInUse, Assert.Throws<PartnerCenterException>(() => JournalFile.Open(store, Binding, Clock)).ErrorId);
        }
    }

    [Fact]
    public void Nothing_comes_before_the_header()
    {
        JournalKey key = new(JournalKey.HashOf("1", Note), 1);
        foreach (JournalLine line in new List<JournalLine> { Intent(key, 1, Note), End(key, UpdateOutcome.Succeeded) })
        {
            Assert.Equal(ErrorIds.InvalidJournal, Assert.Throws<PartnerCenterException>(() => JournalFile.Open(Store(line, Header(3)), Binding, Clock)).ErrorId);
        }
    }

    [Fact]
    public void The_first_of_several_broken_lines_is_told()
    {
        MemoryStore store = Store(Header(3));
        store.Bytes = [.. store.Bytes, .. "garbage\ngarbage\n"u8, .. Header(3).ToBytes(), (byte)'\n'];
        Assert.Contains("line 2", Assert.Throws<PartnerCenterException>(() => JournalFile.Open(store, Binding, Clock)).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_line_of_bytes_that_are_no_text_is_none()
    {
        JournalKey key = new(JournalKey.HashOf("1", Note), 1);
        MemoryStore store = Store(Header(3), Intent(key, 1, Note));
        store.Bytes = [.. store.Bytes, .. Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(Intent(key, 2, Note with { Note = "caf?" }).ToBytes()).Replace('?', '\u00E9')), (byte)'\n'];
        using JournalFile journal = JournalFile.Open(store, Binding, Clock);
        Assert.Equal("r1", Assert.Single(journal.LeftOpen).Intent.RequestId);
    }

    private static int Headers(MemoryStore store) => Encoding.UTF8.GetString(store.Bytes).Split("\"header\"").Length - 1;
}
