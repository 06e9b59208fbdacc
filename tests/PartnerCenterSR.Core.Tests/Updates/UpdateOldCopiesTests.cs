using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>Answers that somebody kept and that do not say so: by their Date alone they are from before.</summary>
public sealed class UpdateOldCopiesTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };
    private readonly SideBySide _service = new();

    private int Ours => _service.Notes.Count(note => note.Text == "n");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_from_before_the_note_came_shows_nothing_where_nobody_knew_the_time(bool isResumed)
    {
        MemoryStore store = new();
        if (isResumed)
        {
            await store.LeaveAsync(Note, time: _service.Now.AddSeconds(-60));
        }

        _service.Here(() => { }, () => LandLate(isResumed ? store : null, knows: false));
        Assert.Equal(1, Ours);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_of_half_a_minute_ago_makes_no_later_one_new(bool isResumed)
    {
        MemoryStore store = new();
        if (isResumed)
        {
            await store.LeaveAsync(Note, time: _service.Now.AddSeconds(20));
        }

        _service.Here(() =>
        {
            ApiResponse kept = _service.Show() with { Date = _service.Now };
            _service.Pass(31);
            _service.Does = (_, _) => Task.FromResult(kept with { ReceivedAt = _service.Clock.Now });
            _service.Look();
            LandLate(isResumed ? store : null, knows: true);
        });
        Assert.Equal((1, UpdateOutcome.Unknown), (Ours, _service["one"].Outcome));
    }

    /// <summary>All readings get the first answer again, until the note has long come.</summary>
    private void LandLate(MemoryStore? store, bool knows)
    {
        DateTimeOffset start = _service.Now;
        ApiResponse? copy = null;
        _service.Does = (request, number) =>
        {
            if (number == 1 && store is null)
            {
                return SideBySide.Refuse(request, 504);
            }

            if (number > 0 || _service.Now > start.AddSeconds(knows ? 200 : 50))
            {
                return null;
            }

            copy ??= _service.Carry(request);
            return Task.FromResult(copy with { ReceivedAt = _service.Clock.Now });
        };
        _service.Start("one", Note, store: store);
        _service.Pass(10);
        _service.Notes.Add(("n", _service.Now));
        _service.Modified = _service.Now;
        _service.Pass(300);
    }

    // The first reading fails on its way, but somebody keeps its answer and gives it to the second.
    [Theory]
    [InlineData(300)]
    [InlineData(700)]
    public void A_kept_answer_behind_a_silence_is_not_settled(double silence)
    {
        _service.Here(() =>
        {
            _service.Pass(silence);
            DateTimeOffset start = _service.Now;
            ApiResponse? kept = null;
            _service.Does = (request, number) =>
            {
                if (number == 1)
                {
                    return SideBySide.Refuse(request, 504);
                }

                if (number > 1 || _service.Now > start.AddSeconds(50))
                {
                    return null;
                }

                if (kept is null)
                {
                    kept = _service.Carry(request);
                    return SideBySide.Refuse(request, 504);
                }

                return Task.FromResult(kept with { ReceivedAt = _service.Clock.Now });
            };
            _service.Start("one", Note);
            _service.Pass(10);
            _service.Notes.Add(("n", _service.Now));
            _service.Modified = _service.Now;
            _service.Pass(300);
        });
        Assert.Equal(1, Ours);
    }

    // Somebody keeps the first reading, and others of this connection look ever again.
    [Theory]
    [InlineData(0.75)]
    [InlineData(1.25)]
    public void A_kept_answer_that_is_looked_at_often_is_not_settled(double every)
    {
        _service.Here(() =>
        {
            DateTimeOffset start = _service.Now;
            ApiResponse? kept = null;
            bool isThere = false;
            _service.Does = (request, number) =>
            {
                if (number == 1)
                {
                    return SideBySide.Refuse(request, 504);
                }

                if (number > 1 || _service.Now > start.AddSeconds(50))
                {
                    return null;
                }

                kept ??= _service.Carry(request);
                return Task.FromResult(kept with { ReceivedAt = _service.Clock.Now });
            };
            _service.Start("one", Note);
            for (double at = 0; at < 48; at += every)
            {
                _service.Pass(every);
                if (at > 10 && !isThere)
                {
                    isThere = true;
                    _service.Notes.Add(("n", _service.Now));
                    _service.Modified = _service.Now;
                }

                _service.Look();
            }

            _service.Pass(300);
        });
        Assert.Equal(1, Ours);
    }

    // A copy from before the sending.
    [Theory]
    [InlineData(300)]
    [InlineData(700)]
    public void A_colleagues_note_in_an_old_copy_is_not_ours(double silence)
    {
        UpdateOutcome? told = null;
        int before = 0;
        _service.Here(() => { }, () =>
        {
            _service.Look();
            _service.Pass(silence);
            _service.Notes.Add(("n", _service.Now));
            _service.Modified = _service.Now;
            _service.Pass(2);
            ApiResponse kept = _service.Show() with { Date = _service.Now };
            _service.Pass(28);
            _service.Does = (request, number) => number switch
            {
                0 => Task.FromResult(kept with { ReceivedAt = _service.Clock.Now }),
                1 => SideBySide.Refuse(request, 504),
                _ => null,
            };
            _service.Start("one", Note);
            _service.Pass(200);
            told = _service["one"].Outcome;
            before = Ours;
            _service.Does = (_, _) => null;
        });
        Assert.False(before == 1 && told == UpdateOutcome.Succeeded, "It was lost, and told as done.");
    }

    // Somebody looks at a kept answer ever again, from its birth; no other comes between. Then a colleague writes, and ours is lost.
    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void An_old_copy_that_is_looked_at_often_dates_no_sending(double walked)
    {
        UpdateOutcome? told = null;
        _service.Here(() =>
        {
            _service.Pass(2);
            _service.Notes.Add(("n", _service.Now));
            _service.Modified = _service.Now;
            _service.Pass(1);
            ApiResponse kept = _service.Show() with { Date = _service.Now };
            _service.Does = (request, number) => number == 1 ? SideBySide.Refuse(request, 504) : Task.FromResult(kept with { ReceivedAt = _service.Clock.Now });
            for (double at = 0; at < walked; at += 0.5)
            {
                _service.Look();
                _service.Pass(0.5);
            }

            _service.Pass(walked > 0 ? 0 : 20);
            _service.Start("one", Note);
            _service.Pass(300);
            told = _service["one"].Outcome;
        });
        Assert.NotEqual(UpdateOutcome.Succeeded, told);
    }
}
