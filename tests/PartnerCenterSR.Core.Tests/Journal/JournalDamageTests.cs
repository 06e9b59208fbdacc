using System;
using System.IO;
using System.Linq;
using System.Text;
using PartnerCenterSR.Core.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>What of a journal is damage, at which line, and what a crash may leave. Each of these was a change of the code that nothing noticed once.</summary>
public sealed class JournalDamageTests
{
    private const string Id = "616122292874576";
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));

    private static readonly JournalLine Header = new() { Type = JournalLine.Header, Version = JournalLine.CurrentVersion, JournalId = "j", Endpoint = "https://api.example", Tenant = "t", Account = "a" };

    public static TheoryData<string, string> Damages => new()
    {
        { "a type of no journal", Text(Header with { Type = "other" }) },
        { "a header without a version", Text(Header with { Version = null }) },
        { "a header of version 0", Text(Header with { Version = 0 }) },
        { "a header of a version to come", Text(Header with { Version = JournalLine.CurrentVersion + 1 }) },
        { "a header without its endpoint", Text(Header with { Endpoint = null }) },
        { "a header without its id", Text(Header with { JournalId = null }) },
        { "an intent without a key", Text(Intent(9) with { Key = null }) },
        { "an intent whose key is of another", Text(Intent(9) with { Id = "1" }) },
        { "an intent without a request", Text(Intent(9) with { Id = null }) },
        { "an intent without its MS-RequestId", Text(Intent(9) with { RequestId = null }) },
        { "an intent without its time", Text(Intent(9) with { Time = null }) },
        { "an outcome without a key", Text(End(1) with { Key = null }) },
        { "an outcome of occurrence 0", Text(End(1) with { Key = new JournalKey(JournalKey.HashOf(Id, Changes(1)), 0).ToString() }) },
        { "an outcome without one", Text(End(1) with { Outcome = null }) },
        { "an outcome without its time", Text(End(1) with { Time = null }) },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_whole_line_that_no_journal_says_is_damage_wherever_it_is(string what, string line)
    {
        string[] sound = [Text(Header), Text(Intent(1)), Text(End(1)), Text(Intent(2))];
        for (int at = 1; at <= sound.Length; at++)
        {
            PartnerCenterException error = Assert.Throws<PartnerCenterException>(() => Read([.. sound[..at], line, .. sound[at..]]));
            Assert.Equal((what, ErrorIds.InvalidJournal, true), (what, error.ErrorId, error.Message.Contains((at + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("{\"type\":\"inte")]
    [InlineData("garbage")]
    [InlineData("\0\0\0\0")]
    [InlineData("\uFFFD")]
    public void A_broken_line_is_passed_over_at_the_end_and_damage_before_it(string broken)
    {
        string[] sound = [Text(Header), Text(Intent(1)), Text(End(1))];
        Assert.Single(Read([.. sound, broken]).Records);
        Assert.Single(Read([.. sound, broken, broken]).Records);
        string[] wrong = [.. sound, broken, Text(Intent(2))];
        Assert.Equal(ErrorIds.InvalidJournal, Assert.Throws<PartnerCenterException>(() => Read(wrong)).ErrorId);
    }

    [Theory]
    [InlineData("{\"type\":\"hea", true)]
    [InlineData("{\"type\":\"header\",\"ver", true)]
    [InlineData("", true)]
    [InlineData("{\"type\":\"intent\"", false)]
    [InlineData("Id,Note", false)]
    public void A_first_line_that_is_torn_is_the_beginning_of_a_header_or_no_journal(string text, bool isJournal)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        if (isJournal)
        {
            Assert.Empty(JournalReader.Read(stream, "journal", out long whole).Records);
            Assert.Equal(0, whole);
        }
        else
        {
            Assert.Equal(ErrorIds.InvalidJournal, Assert.Throws<PartnerCenterException>(() => JournalReader.Read(stream, "journal", out _)).ErrorId);
        }
    }

    [Fact]
    public void What_is_whole_is_counted_in_bytes_over_many_lines()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Join("\n", [Text(Header), .. Enumerable.Range(1, 600).Select(row => Text(Intent(row)))]) + "\n");
        Assert.InRange(bytes.Length, 70_000, 400_000);
        using MemoryStream stream = new([.. bytes, .. "{\"type\""u8]);
        Assert.Equal(600, JournalReader.Read(stream, "journal", out long whole).Records.Count());
        Assert.Equal(bytes.Length, whole);
    }

    [Fact]
    public void An_entry_says_all_that_its_lines_say()
    {
        JournalEntry entry = Assert.Single(Read([Text(Header), Text(Intent(1)), Text(End(1) with { ErrorId = "e", Error = "words", CorrelationId = "c2", Time = Time.AddSeconds(5) })]).Records).ToEntry();
        Assert.Equal((1L, Id, "note 1", UpdateOutcome.Succeeded, "e", "words", 2), (entry.Row, entry.Id, entry.Note, entry.Outcome, entry.ErrorId, entry.ErrorMessage, entry.Attempts));
        Assert.Equal(("r1", "c2", Time.LocalDateTime, Time.AddSeconds(5).LocalDateTime), (entry.RequestId, entry.CorrelationId, entry.StartedAt, entry.EndedAt));
        JournalEntry open = Assert.Single(Read([Text(Header), Text(Intent(1))]).Records).ToEntry();
        Assert.Equal((UpdateOutcome.Unknown, "c", null), (open.Outcome, open.CorrelationId, open.EndedAt));
    }

    [Fact]
    public void A_connection_is_named_by_what_is_known_of_it()
    {
        Assert.Equal("https://api.example, t, a", new JournalBinding("https://api.example", "t", "a").ToString());
        Assert.Equal("https://api.example, a", new JournalBinding("https://api.example", null, "a").ToString());
        Assert.Equal("https://api.example", new JournalBinding("https://api.example", "", null).ToString());
    }

    private static ServiceRequestChanges Changes(int number) => new() { Note = $"note {number}" };

    private static string Key(int number) => new JournalKey(JournalKey.HashOf(Id, Changes(number)), 1).ToString();

    private static JournalLine Intent(int number) => new() { Type = JournalLine.Intent, Key = Key(number), Row = number, Id = Id, Changes = Changes(number), RequestId = $"r{number}", CorrelationId = "c", Time = Time };

    private static JournalLine End(int number) => new() { Type = JournalLine.End, Key = Key(number), Outcome = UpdateOutcome.Succeeded, Attempts = 2, Time = Time };

    private static string Text(JournalLine line) => Encoding.UTF8.GetString(line.ToBytes());

    private static JournalState Read(string[] lines)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(string.Join("\n", lines) + "\n"));
        return JournalReader.Read(stream, "journal", out _);
    }
}
