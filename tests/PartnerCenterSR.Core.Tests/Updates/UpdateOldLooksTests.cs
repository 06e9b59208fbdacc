using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>With -SkipUnchanged, answers whose Date is from before the look.</summary>
public sealed class UpdateOldLooksTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };
    private readonly SideBySide _service = new();

    private int Ours => _service.Notes.Count(note => note.Text == "n");

    // A proxy kept an answer from before another process added the note; what was heard since says how late it is.
    [Fact]
    public void A_look_at_one_from_before_does_not_show_what_is_missing()
    {
        _service.Here(() =>
        {
            ApiResponse kept = _service.Show() with { Date = _service.Now };
            _service.Notes.Add(("n", _service.Now));
            _service.Pass(15);
            _service.Look();
            DateTimeOffset until = _service.Now.AddSeconds(3);
            _service.Does = (_, number) => number == 0 && _service.Now < until ? Task.FromResult(kept with { ReceivedAt = _service.Clock.Now }) : null;
            _service.Start("one", Note, skipUnchanged: true);
            _service.Pass(100);
        });
        Assert.Equal((1, UpdateOutcome.Unchanged), (Ours, _service["one"].Outcome));
    }

    // Two copies of different ages are not a clock that goes on.
    [Fact]
    public void Nor_do_two_of_different_ages()
    {
        _service.Here(() =>
        {
            ApiResponse kept = _service.Show() with { Date = _service.Now };
            _service.Notes.Add(("n", _service.Now.AddSeconds(31)));
            ApiResponse later = kept with { Date = _service.Now.AddSeconds(30) };
            _service.Pass(45);
            _service.Look();
            int looks = 0;
            DateTimeOffset until = _service.Now.AddSeconds(6);
            _service.Does = (_, number) => number == 0 && _service.Now < until ? Task.FromResult((++looks == 1 ? kept : later) with { ReceivedAt = _service.Clock.Now }) : null;
            _service.Start("one", Note, skipUnchanged: true);
            _service.Pass(100);
        });
        Assert.Equal((1, UpdateOutcome.Unchanged), (Ours, _service["one"].Outcome));
    }

    [Fact]
    public void A_state_of_before_is_not_that_of_now()
    {
        _service.Here(() =>
        {
            _service.Status = "closed";
            ApiResponse kept = _service.Show() with { Date = _service.Now };
            _service.Status = "open";
            _service.Pass(15);
            _service.Look();
            DateTimeOffset until = _service.Now.AddSeconds(3);
            _service.Does = (_, number) => number == 0 && _service.Now < until ? Task.FromResult(kept with { ReceivedAt = _service.Clock.Now }) : null;
            _service.Start("one", new() { Status = ServiceRequestStatus.Closed }, skipUnchanged: true);
            _service.Pass(100);
        });
        Assert.Equal(("closed", UpdateOutcome.Succeeded), (_service.Status, _service["one"].Outcome));
    }

    // Of two machines one is fast: by the other's answers, whose dates go on, a row is sent all the same.
    [Fact]
    public void A_look_at_a_machine_whose_clock_is_behind_is_believed()
    {
        _service.Here(() =>
        {
            _service.Does = (_, _) => Task.FromResult(_service.Show() with { Date = _service.Now.AddSeconds(20), ReceivedAt = _service.Clock.Now });
            _service.Look();
            _service.Does = (_, _) => null;
            _service.Start("one", Note, skipUnchanged: true);
            _service.Pass(100);
        });
        Assert.Equal((1, UpdateOutcome.Succeeded), (Ours, _service["one"].Outcome));
    }
}
