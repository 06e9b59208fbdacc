using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Tests.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>With -SkipUnchanged, a row that an earlier run began.</summary>
public sealed class UpdateResumedWishesTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Closed };
    private readonly SideBySide _service = new();

    private int Ours => _service.Notes.Count(note => note.Text == "n");

    [Theory]
    [InlineData("done")]
    [InlineData("under way")]
    [InlineData("a colleague's")]
    public async Task A_note_that_is_there_by_others_is_not_sent_again(string others)
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
    public async Task What_is_nowhere_is_sent_with_its_old_id()
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

    [Theory]
    [InlineData("note only, done")]
    [InlineData("done")]
    [InlineData("a colleague's")]
    [InlineData("rest, a colleague's")]
    public async Task What_others_put_there_is_not_sent_again_whatever_is_asked_beside_it(string others)
    {
        ServiceRequestChanges wish = others == "note only, done" ? Note : Both;
        MemoryStore store = new();
        if (others.StartsWith("rest", StringComparison.Ordinal))
        {
            await store.LeaveRestAsync(Both, Note, _service.Now.AddMinutes(-4));
        }
        else
        {
            await store.LeaveAsync(wish, time: _service.Now.AddMinutes(-4));
        }

        _service.Here(() =>
        {
            if (others.EndsWith("done", StringComparison.Ordinal))
            {
                _service.Start("two", wish, skipUnchanged: true);
                _service.Pass(20);
            }
            else
            {
                _service.Notes.Add(("n", _service.Now.AddHours(-3)));
                _service.Status = "closed";
                _service.Modified = _service.Now;
                _service.Pass(20);
            }

            _service.Start("one", wish, skipUnchanged: true, store: store);
            _service.Pass(400);
        });
        Assert.Equal((1, UpdateOutcome.Unchanged), (Ours, _service["one"].Outcome));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_left_out_is_nobodys_note_of_ours(bool isResumed)
    {
        MemoryStore store = new();
        if (isResumed)
        {
            await store.LeaveAsync(Both, time: _service.Now.AddSeconds(20));
        }

        int patches = -1;
        _service.Here(() =>
        {
            _service.Notes.Add(("n", _service.Now.AddHours(-3)));
            _service.Start("one", Both, skipUnchanged: true, store: store);
            _service.Pass(100);
            patches = _service.Patches;
            _service.Does = (request, number) => number == patches + 1 ? SideBySide.Refuse(request, 504) : null;
            _service.Start("two", new() { Note = "m" });
            _service.Pass(300);
        });
        Assert.Equal((1, 1, UpdateOutcome.Succeeded, "closed"), (patches, Ours, _service["one"].Outcome, _service.Status));
        Assert.Equal((UpdateOutcome.Succeeded, 1), (_service["two"].Outcome, _service.Notes.Count(note => note.Text == "m")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_goes_again_whole_with_its_old_id(bool skip)
    {
        MemoryStore store = new();
        await store.LeaveAsync(new() { Note = "n", Status = ServiceRequestStatus.Open }, requestId: "old", time: _service.Now.AddSeconds(20));
        string? sent = null;
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                sent = number == 1 ? request.RequestId : sent;
                return null;
            };
            _service.Start("one", new() { Note = "n", Status = ServiceRequestStatus.Open }, skipUnchanged: skip, store: store);
            _service.Pass(100);
        });
        Assert.Equal((1, UpdateOutcome.Succeeded, "old"), (Ours, _service["one"].Outcome, sent));
    }
}
