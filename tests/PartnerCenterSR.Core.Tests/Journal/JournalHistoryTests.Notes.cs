using PartnerCenterSR.Core.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Journal;

/// <summary>What is known of notes.</summary>
public sealed partial class JournalHistoryTests
{
    [Theory]
    [InlineData(null, false, 1)]
    [InlineData("Note", false, 1)]
    [InlineData("Note,Status", false, 1)]
    [InlineData("Status", false, 0)]
    [InlineData("Status", true, 1)]
    public void A_note_is_known_where_it_was_sent_or_had_landed_before_the_rest(string? sent, bool isRest, int expected)
    {
        ServiceRequestChanges both = Note with { Status = ServiceRequestStatus.Closed };
        JournalKey key = new(JournalKey.HashOf("1", both), 1);
        using JournalFile journal = JournalFile.Open(Store(Header(3), Intent(key, 1, both) with { Sent = sent, IsRest = isRest }, End(key, UpdateOutcome.Succeeded)), Binding, Clock);
        Assert.Equal(expected, journal.Notes.Of("1").Count);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 60)]
    public void Behind_a_rest_the_note_is_as_old_as_the_whole_of_it(bool isRest, int expected)
    {
        JournalKey key = new(JournalKey.HashOf("1", Note), 1);
        using JournalFile journal = JournalFile.Open(Store(Header(3), Intent(key, 1, Note), Intent(key, 1, Note) with { IsRest = isRest, ServiceTime = Time.AddSeconds(60) }), Binding, Clock);
        Assert.Equal(Time.AddSeconds(expected), Assert.Single(journal.Notes.Of("1")).SentAt);
    }
}
