using System;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <content>Where what a date proves ends.</content>
public sealed partial class EvidenceTests
{
    [Theory]
    [InlineData(-5, true, Verdict.Applied)]
    [InlineData(-5.001, true, Verdict.NotApplied)]
    [InlineData(38, true, Verdict.Applied)]
    [InlineData(45, true, Verdict.Applied)]
    [InlineData(45.002, true, Verdict.Undecided)]
    [InlineData(-26 * 3600, false, Verdict.Undecided)]
    [InlineData((-26 * 3600) - 0.001, false, Verdict.NotApplied)]
    public void Fresh_and_old_end_where_clocks_may_differ(double at, bool kept, object verdict) => Assert.Equal(verdict, Judge(Of(Found(("x", at))) with { NotesKeepToClock = kept }));

    [Theory]
    [InlineData(-105, Verdict.NotApplied)]
    [InlineData(-105.001, Verdict.Undecided)]
    [InlineData(-93, Verdict.NotApplied)]
    [InlineData(-92.999, Verdict.Undecided)]
    public void A_known_note_takes_what_came_between_its_sending_and_its_being_seen(double at, object verdict) =>
        Assert.Equal(verdict, Judge(Of(Found(("x", at))) with { Known = [Known(-100)] }));

    [Fact]
    public void Where_dates_prove_nothing_a_known_note_takes_any_of_its_text()
    {
        Evidence late = Of(Found(("x", 500))) with { Known = [Known(-100)] };
        Assert.Equal(Verdict.Undecided, Judge(late));
        Assert.Equal(Verdict.NotApplied, Judge(late with { IsClockContradicted = true }));
        Assert.Equal(Verdict.NotApplied, Judge(late with { ReadAt = null }));
    }

    [Fact]
    public void A_known_note_may_be_the_older_or_the_newer_of_two()
    {
        KnownNote either = new(NoteText.Hash("x"), Sent.AddSeconds(-6), Sent.AddSeconds(2), true);
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("x", 2), ("x", -6))) with { Known = [either] }));
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("x", -6), ("x", 2))) with { Known = [either] }));
    }

    [Fact]
    public void Of_several_that_may_be_ours_nobody_knows_which_was_the_last_change()
    {
        ServiceRequestChanges asked = new() { Note = "x", Status = ServiceRequestStatus.Closed };
        Assert.Equal(Verdict.PartlyApplied, Judge(Of(Found(3, "open", ("x", 3))), asked));
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(3, "open", ("x", 1), ("x", 3))), asked));
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(1, "open", ("x", 1), ("x", 3))), asked));

        // The machine slept behind the sending: only the later of the two is certainly fresh.
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(95, "open", ("x", 1), ("x", 95))) with { FreshFrom = Sent.AddSeconds(90), ReadAt = Sent.AddSeconds(100) }, asked));
    }

    [Fact]
    public void The_rest_of_a_half_is_sent_only_once_it_is_settled() =>
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(2, "open", ("x", 2))) with { IsSettled = false }, new() { Note = "x", Status = ServiceRequestStatus.Closed }));

    [Fact]
    public void Where_nobody_knows_by_the_service_when_it_was_sent_nothing_is_old()
    {
        Evidence old = Of(Found(("y", -27 * 3600))) with { NotesKeepToClock = false };
        Assert.Equal(Verdict.NotApplied, Judge(old));
        Assert.Equal(Verdict.Undecided, Judge(old with { SentAt = null }));
        Assert.Equal(Verdict.Undecided, Judge(old with { SentAt = null, NotesKeepToClock = true }));
    }

    [Fact]
    public void Where_the_fields_were_as_asked_before_it_was_sent_nothing_of_it_is_there()
    {
        ServiceRequestChanges asked = new() { Note = "x", Status = ServiceRequestStatus.Closed };
        Assert.Equal((Verdict.NotApplied, asked), Of(Found(-60, "closed")).Judge(asked));
        Assert.Equal(Verdict.PartlyApplied, Judge(Of(Found(null, "closed")), asked));
        Assert.Equal(Verdict.PartlyApplied, Judge(Of(Found(-60, "closed")) with { ChangesKeepToClock = false }, asked));
    }

    [Theory]
    [InlineData(24, nameof(Verdict.Undecided))]
    [InlineData(25, nameof(Verdict.NotApplied))]
    [InlineData(null, nameof(Verdict.NotApplied))]
    public void An_answer_from_before_it_was_settled_shows_nothing(int? readAt, string verdict) =>
        Assert.Equal(Enum.Parse<Verdict>(verdict), Judge(Of(Found(-60, "open")) with { SettledFrom = Sent.AddSeconds(30), ReadAt = readAt is { } at ? Sent.AddSeconds(at) : null }, Note));

    // Ours came at 1; a twin that came lately is not shown yet, whatever note could be its own by the dates.
    [Fact]
    public void A_twin_that_may_not_be_shown_yet_accounts_for_nothing_whoever_else_could()
    {
        KnownNote before = new(NoteText.Hash("x"), Sent.AddSeconds(-9.5), Sent.AddSeconds(-3), true);
        KnownNote late = new(NoteText.Hash("x"), Sent.AddSeconds(-5), Sent.AddSeconds(25), true);
        Evidence read = Of(Found(("x", -9), ("x", 1))) with { ReadAt = Sent.AddSeconds(31), ShownUntil = Sent.AddSeconds(6), Known = [before, late] };
        Assert.NotEqual(Verdict.NotApplied, Judge(read));
        Assert.NotEqual(Verdict.NotApplied, Judge(read with { Known = [late, before] }));
    }

    [Fact]
    public void A_twin_that_was_on_its_way_for_long_leaves_open_whose_note_is_whose() =>
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("x", -20), ("x", -1))) with { Known = [new(NoteText.Hash("x"), Sent.AddSeconds(-30), Sent, true)] }));

    [Fact]
    public void A_note_without_a_date_makes_no_other_ours() =>
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("x", null), ("x", -2))) with { Known = [new(NoteText.Hash("x"), Sent.AddSeconds(-3), Sent.AddSeconds(-1), true)] }));

    [Fact]
    public void Beside_a_twin_whose_end_nobody_knows_no_note_is_our_last_change()
    {
        Evidence seen = Of(Found(12, "open", ("x", 12), ("x", 0.5)));
        ServiceRequestChanges asked = new() { Note = "x", Status = ServiceRequestStatus.Closed };
        Assert.Equal(Verdict.Undecided, Judge(seen with { Known = [Known(11, confirmed: false)] }, asked));
        Assert.Equal(Verdict.PartlyApplied, Judge(Of(Found(0.5, "open", ("x", 0.5))), asked));
    }

    [Fact]
    public void Nor_where_a_twin_of_before_may_have_taken_ours()
    {
        Evidence seen = Of(Found(95, "open", ("x", 95), ("x", 0.5), ("x", -7))) with
        {
            ReadAt = Sent.AddSeconds(120),
            FreshFrom = Sent.AddSeconds(91),
            ShownUntil = Sent.AddSeconds(95),
            Known = [new(NoteText.Hash("x"), Sent.AddSeconds(-7.2), Sent, IsConfirmed: true)],
        };
        Assert.Equal(Verdict.Undecided, Judge(seen, new() { Note = "x", Status = ServiceRequestStatus.Closed }));
    }

    // Date may be missing, or jump: by this machine's clock the twin came too late to be shown for certain.
    [Theory]
    [InlineData(27, 65, Verdict.Undecided)]
    [InlineData(-1, 0.5, Verdict.Undecided)]
    [InlineData(-1, 65, Verdict.NotApplied)]
    public void A_twin_that_may_not_be_shown_yet_by_either_clock_accounts_for_nothing(double told, double shown, object verdict)
    {
        Evidence seen = Of(Found(("x", 0.3))) with
        {
            ShownUntil = Sent.AddSeconds(shown),
            ReadAt = Sent.AddSeconds(90),
            ToldUntil = Sent,
            Known = [Known(0) with { ToldAt = Sent.AddSeconds(told) }],
        };
        Assert.Equal(verdict, Judge(seen));
    }

    [Fact]
    public void Nor_does_one_of_which_nobody_knows_when_it_came() =>
        Assert.Equal(Verdict.Undecided, Judge(Of(Found(("x", 0.3))) with { ShownUntil = null, Known = [Known(0)] }));
}
