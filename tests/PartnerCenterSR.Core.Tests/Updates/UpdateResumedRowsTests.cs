using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A row that an earlier run began, and what came between.</summary>
public sealed class UpdateResumedRowsTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };
    private readonly SideBySide _service = new();

    private int Ours => _service.Notes.Count(note => note.Text == "n");

    [Theory]
    [InlineData(-20)]
    [InlineData(2)]
    public async Task An_answer_dated_before_it_left_or_settled_shows_nothing(double copied)
    {
        MemoryStore store = new();
        DateTimeOffset began = _service.Now.AddSeconds(81);
        await store.LeaveAsync(Note, time: began);
        _service.Here(() =>
        {
            ApiResponse copy = _service.Show() with { Date = began.AddSeconds(copied) };
            _service.Pass(24);
            _service.Notes.Add(("n", _service.Now));
            _service.Modified = _service.Now;
            _service.Pass(60);
            _service.Does = (_, number) => number == 0 && _service.Now < began.AddSeconds(150) ? Task.FromResult(copy with { ReceivedAt = _service.Clock.Now }) : null;
            _service.Start("one", Note, store: store);
            _service.Pass(300);
        });
        Assert.Equal(1, Ours);
    }

    [Theory]
    [InlineData("done")]
    [InlineData("under way")]
    [InlineData("a colleague's")]
    public async Task With_SkipUnchanged_a_note_that_is_there_by_others_is_not_sent_again(string others)
    {
        MemoryStore store = new();
        await store.LeaveAsync(Note, time: _service.Now.AddMinutes(-4));
        _service.Here(() =>
        {
            _service.Does = (request, number) => _service.LaterAsync(number == 0 ? 0.5 : 2, () => _service.Carry(request));
            if (others == "a colleague's")
            {
                _service.Notes.Add(("n", _service.Now.AddHours(-3)));
            }
            else
            {
                _service.Start("two", Note, skipUnchanged: true);
                _service.Pass(others == "done" ? 20 : 1);
            }

            _service.Start("one", Note, skipUnchanged: true, store: store);
            _service.Pass(400);
        });
        Assert.Equal((1, UpdateOutcome.Unchanged), (Ours, _service["one"].Outcome));
    }

    [Fact]
    public async Task With_SkipUnchanged_what_is_nowhere_is_sent_with_its_old_id()
    {
        MemoryStore store = new();
        await store.LeaveAsync(Note, requestId: "old", time: _service.Now.AddMinutes(-4));
        string? sent = null;
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                sent = number == 1 ? request.RequestId : sent;
                return null;
            };
            _service.Start("one", Note, skipUnchanged: true, store: store);
            _service.Pass(100);
        });
        Assert.Equal((1, UpdateOutcome.Succeeded, "old"), (Ours, _service["one"].Outcome, sent));
    }
}
