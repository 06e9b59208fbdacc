using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What a service's Date that is off, slow or set back does to what is told.</summary>
public sealed class UpdateServiceTimeTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };
    private readonly SideBySide _service = new();

    private int Ours => _service.Notes.Count(note => note.Text == "n");

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void A_slow_first_answer_hides_no_jump_of_later_ones(double took)
    {
        _service.Does = (request, _) => _service.LaterAsync(took, () => _service.Carry(request) with { Took = TimeSpan.FromSeconds(took) });
        _service.Here(
            () =>
            {
                _service.Does = (request, number) =>
                {
                    ApiResponse answer = _service.Carry(request);
                    return number == 1 ? SideBySide.Refuse(request, 504) : Task.FromResult(answer with { Date = answer.Date + TimeSpan.FromSeconds(20) });
                };
                _service.Look();
                _service.Pass(1);
                _service.Start("one", Note);
                _service.Pass(300);
            },
            () =>
            {
                _service.Look();
                _service.Pass(30);
                _service.Does = (_, _) => null;
            });
        Assert.Equal((1, UpdateOutcome.Unknown), (Ours, _service["one"].Outcome));
    }

    [Theory]
    [InlineData("at once")]
    [InlineData("same speed")]
    [InlineData("ever quicker")]
    [InlineData("eight steps")]
    [InlineData("five steps")]
    [InlineData("less than a call")]
    public void Neither_quick_nor_slow_answers_hide_a_jump(string how)
    {
        (double took, double ahead)[] looks = how switch
        {
            "at once" => [(0.25, 8)],
            "same speed" => [(1, 4), (1, 8)],
            "eight steps" => [(0.9, 1), (0.8, 2), (0.7, 3), (0.6, 4), (0.5, 5), (0.4, 6), (0.3, 7), (0.2, 8)],
            "five steps" => [(0.9, 1.8), (0.8, 3.5), (0.7, 5.2), (0.6, 6.8), (0.25, 8)],
            "less than a call" => [(1, 5.9)],
            _ => [(0.5, 4), (0.25, 8)],
        };
        Func<ApiRequest, int, Task<ApiResponse>?> With(double took, double ahead, bool isLost) => (request, number) =>
        {
            ApiResponse answer = _service.Carry(request);
            return isLost && number == 1 ? SideBySide.Refuse(request, 504) : Task.FromResult(answer with { Date = answer.Date + TimeSpan.FromSeconds(ahead), Took = TimeSpan.FromSeconds(took) });
        };
        _service.Here(
            () =>
            {
                foreach ((double took, double ahead) in looks)
                {
                    _service.Does = With(took, ahead, false);
                    _service.Look();
                    _service.Pass(10);
                }

                _service.Does = With(looks[^1].took, looks[^1].ahead, true);
                _service.Start("one", Note);
                _service.Pass(300);
            },
            () => _service.Does = With(1, 0, false));
        Assert.Equal((1, UpdateOutcome.Unknown), (Ours, _service["one"].Outcome));
    }

    // Notes are always dated a little behind Date; then Date goes ahead by a little: what was proven before says nothing of both.
    [Theory]
    [InlineData(0, 0, nameof(UpdateOutcome.Succeeded))]
    [InlineData(-3.5, 4, nameof(UpdateOutcome.Unknown))]
    public void Small_deviations_do_not_add_up(double behind, double jump, string outcome)
    {
        Task<ApiResponse>? Deviate(ApiRequest request, int number, double ahead)
        {
            int notes = _service.Notes.Count;
            ApiResponse answer = _service.Carry(request);
            if (_service.Notes.Count > notes)
            {
                _service.Notes[^1] = (_service.Notes[^1].Text, _service.Now.AddSeconds(behind));
            }

            return ahead > 0 && number == 2 ? SideBySide.Refuse(request, 504) : Task.FromResult(answer with { Date = answer.Date + TimeSpan.FromSeconds(ahead) });
        }

        _service.Here(
            () =>
            {
                _service.Does = (request, number) => Deviate(request, number, jump);
                _service.Start("quiet", new() { Note = "m" }, isQuiet: true);
                _service.Pass(10);
                _service.Start("one", Note, isQuiet: true);
                _service.Pass(300);
            },
            () => _service.Does = (request, number) => Deviate(request, number, 0));
        Assert.Equal((1, Enum.Parse<UpdateOutcome>(outcome)), (Ours, _service["one"].Outcome));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_copy_of_seconds_is_no_other_clock(int age)
    {
        _service.Here(() =>
        {
            _service.Notes.Add(("another text", _service.Now));
            _service.Pass(600);
            _service.Does = (request, _) => Task.FromResult(_service.Carry(request) with { Date = _service.Now.AddSeconds(-age - 0.75), Age = TimeSpan.FromSeconds(age) });
            _service.Look();
            _service.Does = (request, number) => number == 1 ? SideBySide.Refuse(request, 504) : null;
            _service.Start("one", Note);
            _service.Pass(300);
        });
        Assert.Equal((1, UpdateOutcome.Succeeded), (Ours, _service["one"].Outcome));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-10)]
    public void A_note_from_before_the_clock_was_set_back_is_not_its_twins(double jump)
    {
        _service.Here(() =>
        {
            _service.Does = (request, number) => number == 3 ? SideBySide.Refuse(request, 504) : Task.FromResult(Shifted(request, jump, isDatedSo: number != 1));
            _service.Start("quiet", Note, isQuiet: true);
            _service.Pass(1);
            _service.Start("proof", new() { Note = "m" });
            _service.Pass(2);
            _service.Start("one", Note);
            _service.Pass(300);
        });
        Assert.Equal(UpdateOutcome.Succeeded, _service["proof"].Outcome);
        Assert.False(Ours == 1 && _service["one"].Outcome == UpdateOutcome.Succeeded, "It was lost, and told as done.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    public async Task What_an_earlier_process_wrote_of_the_time_contradicts_nothing(double ahead)
    {
        MemoryStore store = new();
        await store.LeaveAsync(Note, time: _service.Now, ahead: ahead);
        bool isContradicted = true;
        _service.Here(() =>
        {
            _service.Start("one", Note, store: store);
            _service.Pass(100);
            isContradicted = _service.Session.ServiceClock.IsContradicted;
            _service.Notes.Add(("another text", _service.Now));
            _service.Pass(600);
            int before = _service.Patches;
            _service.Does = (request, number) => number == before + 1 ? SideBySide.Refuse(request, 504) : null;
            _service.Start("two", new() { Note = "m" });
            _service.Pass(300);
        });
        Assert.Equal((UpdateOutcome.Succeeded, false, UpdateOutcome.Succeeded), (_service["one"].Outcome, isContradicted, _service["two"].Outcome));
    }

    private ApiResponse Shifted(ApiRequest request, double seconds, bool isDatedSo)
    {
        int notes = _service.Notes.Count;
        DateTimeOffset? modified = _service.Modified;
        ApiResponse answer = _service.Carry(request);
        if (isDatedSo && _service.Notes.Count > notes)
        {
            _service.Notes[^1] = (_service.Notes[^1].Text, _service.Now.AddSeconds(seconds));
        }

        if (isDatedSo && _service.Modified != modified)
        {
            _service.Modified = _service.Now.AddSeconds(seconds);
        }

        return answer with { Date = answer.Date + TimeSpan.FromSeconds(seconds) };
    }

    // By its owner, or a time server: what landed is seen all the same.
    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public void A_machine_whose_date_is_set_sees_what_landed(double set)
    {
        HandClock clock = new();
        ServiceClock service = new(clock);
        void Saw() => service.Saw(new(200, []) { Date = new DateTimeOffset(2026, 1, 3, 12, 0, 7, TimeSpan.Zero).AddSeconds((clock.Now - _start).TotalSeconds), ReceivedAt = clock.Now, Took = TimeSpan.FromSeconds(1) });
        _start = clock.Now;
        Saw();
        clock.Face.Wall += TimeSpan.FromSeconds(set);
        clock.Face.Pass(10);
        DateTimeOffset sent = clock.Now;
        DateTimeOffset wall = clock.WallNow;
        clock.Face.Pass(2);
        Saw();
        DateTimeOffset truth = new DateTimeOffset(2026, 1, 3, 12, 0, 7, TimeSpan.Zero).AddSeconds((sent - _start).TotalSeconds);
        Assert.InRange(service.LatestBoundAt(sent, wall)!.Value - truth, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    private DateTimeOffset _start;
}
