using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What it learns of the service's dates from a success.</summary>
public sealed partial class UpdateReadingTests
{
    private async Task<UpdateResult> AcceptAsync(Action? meanwhile = null, ServiceRequestChanges? asked = null)
    {
        UpdateReading reading = Reading();
        reading.Times.Leave();
        meanwhile?.Invoke();
        return await reading.AcceptAsync(Accepted(), asked ?? Asked, Yes);
    }

    private (bool Notes, bool Changes, bool IsContradicted) Learned => (_session.ServiceClock.NotesKeepToIt, _session.ServiceClock.ChangesKeepToIt, _session.ServiceClock.IsContradicted);

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(3, true, false)]
    [InlineData(3600, false, true)]
    [InlineData(-3600, false, true)]
    [InlineData(-3 * 24 * 3600, false, true)]
    public async Task A_fresh_note_shows_what_dates_are_worth(int off, bool isProof, bool isContradiction)
    {
        _notes.Add(("n", ServiceNow.AddSeconds(off)));
        _notes.Add(("another", ServiceNow.AddYears(-1)));
        await AcceptAsync();
        Assert.Equal((isProof, false, isContradiction), Learned);
    }

    [Fact]
    public async Task One_of_two_of_the_same_text_shows_nothing()
    {
        _notes.AddRange([("n", ServiceNow), ("n", ServiceNow.AddHours(-25))]);
        await AcceptAsync();
        Assert.Equal((false, false, false), Learned);
    }

    [Fact]
    public async Task One_beside_another_that_is_older_than_any_clock_is_wrong_shows_it()
    {
        _notes.AddRange([("n", ServiceNow), ("n", ServiceNow.AddDays(-7))]);
        await AcceptAsync();
        Assert.Equal((true, false, false), Learned);
    }

    [Fact]
    public async Task Nor_does_one_that_may_be_a_twins()
    {
        _known.Add("1", new(NoteText.Hash("n"), null, null, IsConfirmed: false), null);
        _notes.Add(("n", ServiceNow.AddYears(-1)));
        await AcceptAsync();
        Assert.Equal((false, false, false), Learned);
    }

    [Fact]
    public async Task Notes_of_other_texts_are_nobodys_twins()
    {
        _known.Add("1", new(NoteText.Hash("another"), null, null, IsConfirmed: true), null);
        _notes.Add(("n", ServiceNow));
        await AcceptAsync();
        Assert.True(Learned.Notes);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-5, true)]
    [InlineData(-6, false)]
    [InlineData(-3600, false)]
    public async Task A_fresh_change_shows_it_for_changes_and_one_from_before_nothing(int off, bool isProof)
    {
        _modified = ServiceNow.AddSeconds(off);
        await AcceptAsync(asked: new() { Status = ServiceRequestStatus.Closed });

        // Seen a second later, as a Date header leaves out what is behind its seconds: so the bound itself proves nothing.
        Assert.Equal((false, isProof && off > -5, false), Learned);
    }

    [Fact]
    public async Task A_change_that_comes_too_late_contradicts()
    {
        _modified = ServiceNow.AddHours(1);
        await AcceptAsync();
        Assert.Equal((false, false, true), Learned);
    }

    [Fact]
    public async Task What_took_long_proves_nothing()
    {
        _notes.Add(("n", ServiceNow.AddSeconds(3)));
        await AcceptAsync(() => _clock.Face.Pass(20));
        Assert.Equal((false, false, false), Learned);
    }

    [Theory]
    [InlineData(true, 0, 1, true)]
    [InlineData(true, 3600, 1, false)]
    [InlineData(false, 0, 1, false)]
    [InlineData(true, 0, 2, false)]
    public async Task A_note_of_an_earlier_update_confirms_and_never_contradicts(bool isConfirmed, int off, int twins, bool isProof)
    {
        DateTimeOffset sent = ServiceNow.AddHours(-5);
        for (int i = 0; i < twins; i++)
        {
            _known.Add("1", new(NoteText.Hash("before"), sent, sent.AddSeconds(2), isConfirmed), null);
        }

        _known.Add("1", new(NoteText.Hash("elsewhere"), sent, sent.AddSeconds(2), IsConfirmed: true), null);
        _notes.Add(("before", sent.AddSeconds(1 + off)));
        await SeenAsync(Reading());
        Assert.Equal((isProof, false, false), Learned);
    }

    private sealed class OverTheShoulder() : Judge(CertaintyRules.All)
    {
        public Evidence? Seen { get; private set; }

        public override (Verdict Verdict, ServiceRequestChanges Remaining) Decide(Evidence evidence, ServiceRequestChanges asked)
        {
            Seen = evidence;
            return base.Decide(evidence, asked);
        }
    }

    [Fact]
    public async Task An_answer_that_is_older_than_the_sending_is_none()
    {
        await _session.Client.ReadOnceAsync("1", null, _wire.Options, "c");
        UpdateReading reading = Reading();
        reading.Times.Leave();
        _ahead -= TimeSpan.FromSeconds(6);
        Assert.Null(await reading.ReadAsync(isSettled: true, Asked));
        Assert.Equal((Messages.OldAnswer.With("1"), false), (reading.LastError!.Message, reading.IsRefused));
    }
}
