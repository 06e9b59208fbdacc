using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Tests.Journal;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What the others know of an update's note while it goes on, and when it has ended.</summary>
public sealed partial class SideBySideTests
{
    private static readonly ServiceRequestChanges NoteAndStatus = Note with { Status = ServiceRequestStatus.Closed };

    /// <summary>Whether the note is said to be there. Null: nothing is said of it.</summary>
    private bool? Told => _service.Session.Notes.Of("1").Where(note => note.Hash == NoteText.Hash("n")).Select(note => (bool?)note.IsConfirmed).SingleOrDefault();

    private TimeSpan? MayComeFor => _service.Session.Notes.LastMaybe("1", NoteText.Hash("n")) - _service.Clock.Now;

    [Theory]
    [InlineData(504, 35)]
    [InlineData(0, 1)]
    public void Of_what_is_not_there_they_know_nothing_while_it_waits(int status, int after)
    {
        bool? before = null, then = null;
        _service = new(delay: 20);
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                before ??= number == 1 ? Told : null;
                return number != 1 ? null : status == 0 ? SideBySide.NeverConnected() : SideBySide.Refuse(request, status);
            };
            _service.Start("one", Note);
            _service.Pass(after);
            then = Told;
            _service.Pass(200);
        });
        Assert.Equal((false, null, true), (before, then, Told));
    }

    [Fact]
    public void What_is_open_may_still_come_from_its_answer_on()
    {
        (bool? told, TimeSpan? comes) = (null, null);
        _service.Here(() =>
        {
            _service.Does = (request, number) => number == 1 ? SideBySide.Refuse(request, 504) : null;
            _service.Start("one", Note);
            _service.Pass(2);
            (told, comes) = (Told, MayComeFor);
            _service.Pass(200);
        });
        Assert.Equal((false, TimeSpan.FromSeconds(-2)), (told, comes));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_a_half_they_know_what_is_there_and_it_is_told_what_is_not(bool isNoteThere)
    {
        bool? told = null;
        _service = new(delay: 20);
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                if (number == 1)
                {
                    (int notes, DateTimeOffset now) = (_service.Notes.Count, _service.Now);
                    _service.Carry(request, status: !isNoteThere);
                    _service.Notes.RemoveRange(notes, isNoteThere ? 0 : 1);
                }

                return number == 0 ? null : SideBySide.Refuse(request, number == 1 ? 504 : 400);
            };
            _service.Start("one", NoteAndStatus);
            _service.Pass(35);
            told = Told;
            _service.Pass(200);
        });
        Assert.Equal((isNoteThere, isNoteThere ? true : null), (told, Told));
        PartnerCenterException error = _service["one"].Error!;
        Assert.Equal((UpdateOutcome.Unknown, 400), (_service["one"].Outcome, error.StatusCode));
        ServiceRequestChanges rest = isNoteThere ? Closed : Note;
        Assert.Equal(Messages.HalfApplied.With("1", rest.Describe(), error.InnerException!.Message), error.Message);
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(2, 4)]
    public void A_note_that_is_there_stays_known_while_its_rest_goes_again(double settle, double delay)
    {
        _service = new(settle: settle, delay: delay);
        _service.Here(() =>
        {
            int closes = 0;
            _service.Does = (request, number) =>
            {
                if (number == 0)
                {
                    return null;
                }

                if (!System.Text.Encoding.UTF8.GetString(request.Body!).Contains("Status", StringComparison.Ordinal))
                {
                    return _service.LaterAsync(6, () => throw ManyRequests.Refusal(request, 504));
                }

                if (++closes == 1)
                {
                    _service.Carry(request, status: false);
                }

                return closes <= 2 ? SideBySide.Refuse(request, 504) : null;
            };
            _service.Start("one", NoteAndStatus);
            _service.Pass(4.5);
            _service.Start("two", Note);
            _service.Pass(600);
        });
        Assert.Equal(UpdateOutcome.Succeeded, _service["one"].Outcome);
        Assert.False(_service.Notes.Count(note => note.Text == "n") == 1 && _service["two"].Outcome == UpdateOutcome.Succeeded, "It was lost, and told as done.");
    }

    [Fact]
    public void Of_a_rest_that_may_have_landed_they_know_as_much()
    {
        _service = new(retries: 1);
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                if (number == 1)
                {
                    (_service.Status, _service.Modified) = ("closed", _service.Now);
                }

                return number == 0 ? _service.Patches == 2 ? SideBySide.Refuse(request, 404) : null : SideBySide.Refuse(request, 504);
            };
            _service.Start("one", NoteAndStatus);
            _service.Pass(200);
        });
        Assert.Equal((UpdateOutcome.Unknown, 2, false), (_service["one"].Outcome, _service.Patches, Told));
    }

    [Fact]
    public async Task Of_an_earlier_runs_half_they_know_when_its_rest_is_done()
    {
        MemoryStore store = new();
        await store.LeaveAsync(NoteAndStatus, time: _service.Now.AddMinutes(-5));
        await store.LeaveRestAsync(NoteAndStatus, Closed, _service.Now.AddMinutes(-4));
        _service.Here(() =>
        {
            _service.Modified = null;
            _service.Notes.Add(("n", _service.Now.AddMinutes(-5)));
            _service.Start("one", NoteAndStatus, store: store);
            _service.Pass(200);
        });
        Assert.Equal((UpdateOutcome.Succeeded, "closed", true, 1), (_service["one"].Outcome, _service.Status, Told, Ours));
    }
}
