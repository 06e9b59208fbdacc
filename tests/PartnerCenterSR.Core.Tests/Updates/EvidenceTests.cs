using System;
using System.Linq;
using System.Text.Json;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>The table of evidence in the docs, row by row.</summary>
public sealed partial class EvidenceTests
{
    private static readonly DateTimeOffset Sent = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServiceRequestChanges Note = new() { Note = "x" };

    private static ServiceRequest Found(double? modified, string status, params (string Text, double? Seconds)[] notes) => Read(new
    {
        id = "1",
        status,
        lastModifiedDate = Date(modified),
        notes = notes.Select(note => new { text = note.Text, createdDate = Date(note.Seconds) }),
    });

    private static ServiceRequest Found(params (string Text, double? Seconds)[] notes) => Found(null, "open", notes);

    private static string? Date(double? seconds) => seconds is { } after ? Sent.AddSeconds(after).ToString("yyyy-MM-dd'T'HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture) : null;

    private static ServiceRequest Read(object json)
    {
        using JsonDocument document = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(json));
        return ServiceRequestReader.Read(document.RootElement, null);
    }

    /// <summary>Settled, at a service whose dates were seen kept.</summary>
    private static Evidence Of(ServiceRequest found) => new()
    {
        Found = found,
        SentAt = Sent,
        ReadAt = Sent.AddSeconds(40),
        ShownUntil = Sent.AddSeconds(15),
        IsSettled = true,
        NotesKeepToClock = true,
        ChangesKeepToClock = true,
    };

    private static Verdict Judge(Evidence evidence, ServiceRequestChanges? asked = null) => evidence.Judge(asked ?? Note).Verdict;

    private static KnownNote Known(double? sent, bool confirmed = true, string text = "x") => new(NoteText.Hash(text), sent is { } at ? Sent.AddSeconds(at) : null, sent is { } seen ? Sent.AddSeconds(seen + 2) : null, confirmed);

    [Fact]
    public void A_note_of_ours_that_nothing_else_accounts_for_is_applied() => Assert.Equal(Verdict.Applied, Judge(Of(Found(("x", 2))) with { IsSettled = false }));

    [Theory]
    [InlineData(" x\r\n")]
    [InlineData("&#120;")]
    public void A_note_is_ours_in_its_normal_form(string text) => Assert.Equal(Verdict.Applied, Judge(Of(Found((text, 2)))));

    [Fact]
    public void Nothing_there_is_not_applied_once_it_is_settled()
    {
        Assert.Equal(Verdict.NotApplied, Judge(Of(Found(("y", -60)))));
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("y", -60))) with { IsSettled = false }));
    }

    [Fact]
    public void An_answer_without_notes_says_nothing_of_notes() => Assert.Equal(Verdict.Undecided, Judge(Of(Read(new { id = "1" }))));

    [Fact]
    public void Any_note_since_then_that_nothing_accounts_for_may_be_ours() => Assert.Equal(Verdict.Undecided, Judge(Of(Found(("something quite different", 2)))));

    [Fact]
    public void A_note_without_a_date_may_be_ours() => Assert.Equal(Verdict.Undecided, Judge(Of(Found(("y", null)))));

    [Theory]
    [InlineData(-20, true, Verdict.NotApplied)]
    [InlineData(-20, false, Verdict.Undecided)]
    [InlineData(-8 * 3600, false, Verdict.Undecided)]
    [InlineData(-27 * 3600, false, Verdict.NotApplied)]
    public void What_is_old_is_so_by_dates_that_were_seen_kept_or_by_more_than_a_day(double seconds, bool kept, object verdict) =>
        Assert.Equal(verdict, Judge(Of(Found(("x", seconds))) with { NotesKeepToClock = kept }));

    [Fact]
    public void Dates_that_were_seen_off_prove_nothing()
    {
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("x", 2))) with { IsClockContradicted = true }));
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("y", -40 * 3600))) with { IsClockContradicted = true }));
    }

    [Fact]
    public void Without_the_services_clock_nothing_is_old_or_fresh()
    {
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("x", 2))) with { ReadAt = null }));
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("x", 2))) with { SentAt = null }));
    }

    [Theory]
    [InlineData(1, 1, 0, Verdict.NotApplied)]
    [InlineData(2, 1, 0, Verdict.Applied)]
    [InlineData(1, 0, 1, Verdict.Undecided)]
    [InlineData(2, 0, 1, Verdict.Applied)]
    [InlineData(0, 1, 0, Verdict.Undecided)]
    public void Identical_notes_of_other_updates_are_counted(int there, int certain, int possible, object verdict) =>
        Assert.Equal(verdict, Judge(Of(Found([.. Enumerable.Range(1, there).Select(i => ("x", (double?)i))])) with
        {
            Known = [.. Enumerable.Range(0, certain).Select(_ => Known(-3)), .. Enumerable.Range(0, possible).Select(_ => Known(-3, confirmed: false))],
        }));

    [Fact]
    public void Known_notes_take_what_may_be_theirs_so_that_what_may_be_ours_is_left()
    {
        // Two known ones, long before, whose notes are all shown: the fresh one is ours, in whatever order they are shown.
        Assert.Equal(Verdict.Applied, Judge(Of(Found(("x", 2), ("x", -100), ("x", -200))) with { Known = [Known(-101), Known(-201)] }));

        // One known one, of which it is not known when it was sent: either of the two may be its own.
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("x", -100), ("x", 2))) with { Known = [Known(null)] }));
    }

    [Fact]
    public void Without_a_note_the_state_decides()
    {
        ServiceRequestChanges closed = new() { Status = ServiceRequestStatus.Closed };
        Assert.Equal(Verdict.Applied, Judge(Of(Found(1, "closed")) with { IsSettled = false }, closed));
        Assert.Equal(Verdict.NotApplied, Judge(Of(Found(-60, "open")), closed));
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(-60, "open")) with { IsSettled = false }, closed));
    }

    [Theory]
    [InlineData(10.0)]
    [InlineData(null)]
    public void A_state_that_another_hand_may_have_set_back_is_undecided(double? modified) =>
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(modified, "open")), new() { Status = ServiceRequestStatus.Closed }));

    [Fact]
    public void Of_a_half_applied_update_the_rest_is_named()
    {
        ServiceRequestChanges asked = new() { Note = "x", Status = ServiceRequestStatus.Closed };
        Assert.Equal((Verdict.PartlyApplied, new() { Status = ServiceRequestStatus.Closed }), Of(Found(2, "open", ("x", 2))).Judge(asked));
        Assert.Equal((Verdict.PartlyApplied, new() { Note = "x" }), Of(Found(2, "closed")).Judge(asked));
    }

    [Fact]
    public void Of_a_half_applied_update_nothing_is_sent_where_another_hand_came_after_it() =>
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(2.1, "open", ("x", 2))), new() { Note = "x", Status = ServiceRequestStatus.Closed }));
}
