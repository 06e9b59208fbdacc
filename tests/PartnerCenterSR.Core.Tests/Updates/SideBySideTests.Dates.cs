using System;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Journal;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>From when on something can be ours: by what was refused, and by what was seen not to be there.</summary>
public sealed partial class SideBySideTests
{
    private void ColleagueWrites() => _service.Notes.Add(("n", _service.Now));

    [Fact]
    public void What_was_refused_has_no_part_in_a_note_that_came_before_it_left_again()
    {
        _service.Here(() =>
        {
            _service.Does = (request, number) => number switch { 1 => SideBySide.Refuse(request, 429, 60), 2 => SideBySide.Refuse(request, 504), _ => null };
            _service.Start("one", Note);
            _service.Pass(30);
            ColleagueWrites();
            _service.Pass(300);
        });
        Assert.Equal((UpdateOutcome.Succeeded, 3, 2), (_service["one"].Outcome, _service.Patches, Ours));
    }

    [Fact]
    public void What_went_out_before_the_refusal_may_be_the_note_that_came_meanwhile()
    {
        _service.Here(() =>
        {
            _service.Does = (request, number) => number == 0 ? null : number == 2 ? SideBySide.Refuse(request, 429, 60) : SideBySide.Refuse(request, 504);
            _service.Start("one", Note);
            _service.Pass(60);
            ColleagueWrites();
            _service.Pass(300);
        });
        Assert.Equal((UpdateOutcome.Unknown, 3), (_service["one"].Outcome, _service.Patches));
    }

    [Fact]
    public void What_came_behind_the_proof_that_nothing_was_there_is_not_taken_for_the_next_attempt()
    {
        _service = new(delay: 20);
        _service.Here(() =>
        {
            _service.Does = (request, number) => number == 0 ? null : SideBySide.Refuse(request, 504);
            _service.Start("one", Note);
            _service.Pass(32);
            ColleagueWrites();
            _service.Pass(300);
        });
        Assert.Equal((UpdateOutcome.Unknown, 2), (_service["one"].Outcome, _service.Patches));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_rest_of_an_update_has_a_time_of_its_own_which_begins_anew_when_it_is_refused(bool isRefused)
    {
        _service = new(delay: 20);
        _service.Here(() =>
        {
            _service.Does = (request, number) => number switch
            {
                1 => HalfAsync(request),
                2 when isRefused => SideBySide.Refuse(request, 429, 60),
                2 => SideBySide.Refuse(request, 504),
                3 when isRefused => SideBySide.Refuse(request, 504),
                _ => null,
            };
            _service.Start("one", Note with { Status = ServiceRequestStatus.Closed });
            _service.Pass(isRefused ? 80 : 32);

            // A colleague has the ticket in hand, before it leaves.
            _service.Modified = _service.Now;
            _service.Pass(400);
        });
        Assert.Equal((UpdateOutcome.Succeeded, isRefused ? 4 : 3, "closed", 1), (_service["one"].Outcome, _service.Patches, _service.Status, Ours));
    }

    [Fact]
    public void Where_the_intent_cannot_be_written_anew_it_does_not_leave_and_that_is_the_reason()
    {
        MemoryStore store = new();
        _service.Here(() =>
        {
            _service.Does = (request, number) => number == 0 ? null : SideBySide.Refuse(request, 429, 60);
            _service.Start("one", Note, store: store);
            _service.Pass(30);
            store.FailsAtAppend = true;
            _service.Pass(100);
        });
        Assert.Equal((UpdateOutcome.Failed, ErrorIds.InvalidJournal, 1), (_service["one"].Outcome, _service["one"].Error!.ErrorId, _service.Patches));
    }

    /// <summary>The note lands, the status does not, and the answer is lost.</summary>
    private Task<ApiResponse> HalfAsync(ApiRequest request)
    {
        _service.Carry(request, status: false);
        return SideBySide.Refuse(request, 504);
    }

    [Theory]
    [InlineData(0, 0.0, UpdateOutcome.Succeeded)]
    [InlineData(0, 12.0, UpdateOutcome.Unknown)]
    [InlineData(0, 100000.0, UpdateOutcome.Unknown)]
    [InlineData(72, null, UpdateOutcome.Unknown)]
    public async Task What_another_process_wrote_of_its_time_counts_where_the_machines_dates_bear_it_out(int hours, double? ahead, UpdateOutcome outcome)
    {
        MemoryStore store = new();
        DateTimeOffset began = _service.Now;
        await store.LeaveAsync(Note, time: began.AddHours(hours), ahead: ahead);
        _service.Here(() =>
        {
            _service.Notes.Add(("n", began.AddSeconds(1)));
            _service.Start("one", Note, store: store);
            _service.Pass(300);
        });
        Assert.Equal((1, 0, outcome), (Ours, _service.Patches, _service["one"].Outcome));
    }
}
