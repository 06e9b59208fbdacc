using System.Linq;
using System.Text.Json;
using System;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>The decision table of the docs, row by row.</summary>
public sealed class OutcomeDecisionTests
{
    private static readonly DateTimeOffset Service = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // This machine's clock is wrong by days: only differences of it count.
    private static readonly DateTimeOffset Here = new(2026, 3, 9, 8, 30, 0, TimeSpan.Zero);

    private static ServiceRequest Found(params (string Text, double SecondsAgo)[] notes)
    {
        string json = JsonSerializer.Serialize(new
        {
            id = "1",
            status = "open",
            notes = notes.Select(note => new
            {
                text = note.Text,
                createdDate = double.IsNaN(note.SecondsAgo) ? null : Service.AddSeconds(-note.SecondsAgo).ToString("yyyy-MM-dd'T'HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture),
            }),
        });
        using JsonDocument document = JsonDocument.Parse(json);
        return ServiceRequestReader.Read(document.RootElement, null);
    }

    private static OutcomeDecision.Verdict Decide(ServiceRequest found, double beganSecondsAgo, int certain = 0, int possible = 0, double? since = null, bool date = true) =>
        OutcomeDecision.Decide(
            new() { Note = "x" },
            found,
            date ? Service : null,
            Here,
            Here.AddSeconds(-beganSecondsAgo),
            new(Here.AddSeconds(-(since ?? beganSecondsAgo)).UtcDateTime, Here.UtcDateTime, certain, possible));

    [Fact]
    public void No_such_note_means_not_applied() =>
        Assert.Equal(OutcomeDecision.Verdict.NotApplied, Decide(Found(("y", 1)), 3));

    [Fact]
    public void Such_a_note_since_then_means_applied() =>
        Assert.Equal(OutcomeDecision.Verdict.Applied, Decide(Found(("x", 2)), 3));

    [Theory]
    [InlineData(20)]
    [InlineData(7 * 24 * 3600)]
    public void Such_a_note_from_before_does_not_count(double ago) =>
        Assert.Equal(OutcomeDecision.Verdict.NotApplied, Decide(Found(("x", ago)), 3));

    [Fact]
    public void Line_ends_and_outer_blanks_do_not_count() =>
        Assert.Equal(OutcomeDecision.Verdict.Applied, Decide(Found((" x\r\n", 2)), 3));

    [Fact]
    public void Such_a_note_without_a_date_decides_nothing() =>
        Assert.Equal(OutcomeDecision.Verdict.Undecidable, Decide(Found(("x", double.NaN)), 3));

    [Fact]
    public void A_clock_that_was_set_back_decides_nothing() =>
        Assert.Equal(OutcomeDecision.Verdict.Undecidable, Decide(Found(("x", 2)), -60));

    [Fact]
    public void Without_the_services_clock_nothing_is_decided() =>
        Assert.Equal(OutcomeDecision.Verdict.Undecidable, Decide(Found(("x", 2)), 3, date: false));

    [Theory]
    [InlineData(1, 1, 0, OutcomeDecision.Verdict.NotApplied)]
    [InlineData(2, 1, 0, OutcomeDecision.Verdict.Applied)]
    [InlineData(1, 0, 1, OutcomeDecision.Verdict.Undecidable)]
    [InlineData(2, 0, 1, OutcomeDecision.Verdict.Applied)]
    [InlineData(0, 1, 0, OutcomeDecision.Verdict.Undecidable)]
    public void Identical_notes_of_this_run_are_counted(int there, int certain, int possible, object verdict) =>
        Assert.Equal(verdict, Decide(Found([.. Enumerable.Range(0, there).Select(i => ("x", 1.0 + i))]), 3, certain, possible, since: 8));

    [Theory]
    [InlineData(ServiceRequestStatus.Open, OutcomeDecision.Verdict.Applied)]
    [InlineData(ServiceRequestStatus.Closed, OutcomeDecision.Verdict.NotApplied)]
    public void Without_a_note_the_state_decides(ServiceRequestStatus status, object verdict) =>
        Assert.Equal(verdict, OutcomeDecision.Decide(new() { Status = status }, Found(), null, Here, Here, RecentNotes.Earlier.None(Here)));

    [Fact]
    public void The_recentNotes_forgets_what_is_long_past()
    {
        RecentNotes ledger = new();
        ledger.Record("1", "x", Here, Here.AddSeconds(1), certain: true);
        ledger.Record("1", "x", Here.AddSeconds(2), Here.AddSeconds(3), certain: false);
        RecentNotes.Earlier soon = ledger.Before("1", " x", Here.AddSeconds(4));
        Assert.Equal((1, 1, Here.UtcDateTime), (soon.Certain, soon.Possible, soon.Began));
        Assert.Equal(0, ledger.Before("1", "x", Here.AddHours(1)).Certain);
        Assert.Equal(0, ledger.Before("2", "x", Here.AddSeconds(4)).Certain);
    }
}
