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

    [Fact]
    public async Task An_answer_dated_before_this_process_began_shows_nothing()
    {
        MemoryStore store = new();
        DateTimeOffset began = _service.Now.AddSeconds(81);
        await store.LeaveAsync(Note, time: began);
        _service.Here(() =>
        {
            ApiResponse copy = _service.Show() with { Date = began.AddSeconds(45) };
            _service.Pass(82);
            _service.Notes.Add(("n", _service.Now));
            _service.Modified = _service.Now;
            _service.Pass(30);
            _service.Look();
            _service.Does = (_, number) => number == 0 && _service.Now < began.AddSeconds(170) ? Task.FromResult(copy with { ReceivedAt = _service.Clock.Now }) : null;
            _service.Start("one", Note, store: store);
            _service.Pass(300);
        });
        Assert.Equal(1, Ours);
    }
}
