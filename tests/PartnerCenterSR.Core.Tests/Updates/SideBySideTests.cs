using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What readers with fresh eyes proved: a note that was lost and told as done, or told as unknown without need.</summary>
public sealed partial class SideBySideTests
{
    private static readonly ServiceRequestChanges Note = new() { Note = "n" };
    private static readonly ServiceRequestChanges Closed = new() { Status = ServiceRequestStatus.Closed };
    private SideBySide _service = new();

    private int Ours => _service.Notes.Count(note => note.Text == "n");

    [Fact]
    public void A_note_that_landed_is_known_while_the_rest_of_its_update_is_refused()
    {
        _service = new(delay: 1);
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                if (number == 1)
                {
                    _ = _service.LaterAsync(28, () => _service.Carry(request, status: false));
                }

                return number == 0 ? null
                    : number == 1 ? SideBySide.Refuse(request, 504)
                    : Encoding.UTF8.GetString(request.Body!).Contains("closed", StringComparison.Ordinal) ? SideBySide.NeverConnected()
                    : number <= 4 ? SideBySide.Refuse(request, 504)
                    : null;
            };
            _service.Start("one", Note with { Status = ServiceRequestStatus.Closed });
            _service.Pass(31.5);
            _service.Start("other", Note);
            _service.Pass(170);
        });
        Assert.False(Ours == 1 && _service["other"].Outcome == UpdateOutcome.Succeeded);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void What_somebody_kept_from_before_shows_nothing(bool isNote, bool skipUnchanged)
    {
        _service.Here(() =>
        {
            _service.Notes.Add(("n", _service.Now));
            (_service.Status, _service.Modified) = ("closed", _service.Now);
            ApiResponse copy = _service.Show() with { Date = _service.Now, Age = TimeSpan.FromMinutes(1) };
            _service.Pass(60);
            (_service.Status, _service.Modified) = ("open", _service.Now);
            _service.Pass(60);
            _service.Does = (request, number) => number == 0 ? Task.FromResult(copy with { ReceivedAt = _service.Clock.Now }) : SideBySide.Refuse(request, 504);
            _service.Start("one", isNote ? Note : Closed, skipUnchanged);
            _service.Pass(200);
        });
        Assert.True(_service["one"].Outcome is UpdateOutcome.Unknown or UpdateOutcome.Failed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_refused_token_kept_back_is_dated_when_it_leaves(bool hasJournal)
    {
        _service = new(signsInSlowly: true);
        _service.Here(() =>
        {
            _service.Does = (request, number) => number == 0 ? null : SideBySide.Refuse(request, number == 1 ? 401 : 504);
            _service.Start("one", Note, store: hasJournal ? new MemoryStore() : null);
            _service.Pass(60);
            _service.Notes.Add(("n", _service.Now));
            _service.Pass(540);
        });
        Assert.NotEqual(UpdateOutcome.Succeeded, _service["one"].Outcome);
    }

    [Fact]
    public void Whose_token_was_refused_has_not_left_when_it_is_stopped()
    {
        _service = new(signsInSlowly: true);
        using CancellationTokenSource stop = new();
        _service.Here(() =>
        {
            _service.Does = (request, number) => number == 0 ? null : SideBySide.Refuse(request, 401);
            _service.Start("one", Note, stop: stop.Token);
            _service.Pass(60);
            stop.Cancel();
            _service.Pass(120);
        });
        Assert.True(_service["one"].IsNotSent);
    }

    [Fact]
    public void What_is_not_there_when_it_is_stopped_makes_no_other_unknown()
    {
        using CancellationTokenSource stop = new();
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                if (number == 3)
                {
                    _service.Carry(request);
                }

                return number switch { 1 or 3 => SideBySide.Refuse(request, 504), 2 => SideBySide.Refuse(request, 429, 60), _ => null };
            };
            _service.Start("one", Note, stop: stop.Token);
            _service.Pass(45);
            stop.Cancel();
            _service.Pass(600);
            _service.Start("other", Note);
            _service.Pass(300);
        });
        Assert.Equal((true, UpdateOutcome.Succeeded), (_service["one"].WasStopped, _service["other"].Outcome));
    }
}
