using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>An intent that is written anew, since its update was not yet let go.</summary>
public sealed class UpdateRewrittenIntentsTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };
    private readonly SideBySide _service = new();
    private bool _isNextRefused;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_never_left_is_not_too_late_however_often_its_intent_was_written(bool isRewritten)
    {
        int flushes = 0;
        MemoryStore store = new()
        {
            Flushing = () =>
            {
                if (++flushes == 2)
                {
                    Refuse();
                }
            },
        };
        using CancellationTokenSource stop = new();
        int patches = -1;
        _service.Here(() =>
        {
            _service.Does = Refused;
            Refuse();
            _service.Start("one", Note, store: store, stop: stop.Token);
            _service.Pass(isRewritten ? 70 : 10);
            stop.Cancel();
            _service.Pass(2);
            patches = _service.Patches;
            _service.End("one");
            _service.Pass(200);
            _service.Start("two", new() { Note = "second" }, store: store = MemoryStore.Left(store.Bytes));
            _service.Pass(100);
            _service.End("two");
            _service.Start("three", Note, store: MemoryStore.Left(store.Bytes));
            _service.Pass(100);
        });
        Assert.Equal((0, true, UpdateOutcome.Succeeded), (patches, _service["one"].IsNotSent, _service["two"].Outcome));
        Assert.Equal((UpdateOutcome.Succeeded, null), (_service["three"].Outcome, _service["three"].Error?.Message));
    }

    [Fact]
    public void However_often_others_are_told_to_pause_its_intent_is_of_when_it_leaves()
    {
        byte[]? crashed = null;
        int flushes = 0;
        MemoryStore store = new()
        {
            Flushing = () =>
            {
                if (++flushes <= 4)
                {
                    Refuse();
                }
            },
        };
        using CancellationTokenSource stop = new();
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                if (number != 1)
                {
                    return Refused(request, number);
                }

                crashed = [.. store.Bytes];
                return SideBySide.Refuse(request, 504);
            };
            _service.Start("one", Note, store: store, stop: stop.Token);
            _service.Pass(214);
            _service.Notes.Add(("n", _service.Now));
            _service.Pass(30);
            stop.Cancel();
            _service.Pass(5);
            _service.Start("two", Note, store: MemoryStore.Left(crashed!));
            _service.Pass(400);
        });
        Assert.False(_service.Notes.Count(note => note.Text == "n") == 1 && _service["two"].Outcome == UpdateOutcome.Succeeded, "It was lost, and told as done.");
    }

    private Task<ApiResponse>? Refused(ApiRequest request, int number)
    {
        bool isRefused = number == 0 && _isNextRefused;
        _isNextRefused &= !isRefused;
        return isRefused ? SideBySide.Refuse(request, 429, 60) : null;
    }

    /// <summary>Another command's call is told to wait: so do all.</summary>
    private void Refuse()
    {
        _isNextRefused = true;
        _service.Look();
    }
}
