using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>Which calls an update makes, and how it is told: by a service in memory that does with each as the test says.</summary>
public sealed class UpdateRunTests
{
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Closed };
    private readonly MemoryService _service = new();

    [Fact]
    public void It_is_sent_once_and_read_back()
    {
        UpdateResult result = _service.Single(Both);
        Assert.Equal(("PATCH GET", UpdateOutcome.Succeeded, 1, null, null), (_service.Calls, result.Outcome, result.Attempts, result.Error, result.Contradiction));
        Assert.Equal(ServiceRequestStatus.Closed, result.Request!.Status);
        Assert.NotNull(result.SeenBy);
        Assert.Single(_service.Asked.Select(request => request.CorrelationId).Distinct());
    }

    [Fact]
    public void An_answer_with_the_request_is_not_read_back()
    {
        _service.Patch = (_, request) =>
        {
            _service.Apply(request);
            return _service.Show();
        };
        Assert.Equal(ServiceRequestStatus.Closed, _service.Single(Both).Request!.Status);
        Assert.Equal("PATCH", _service.Calls);
    }

    [Fact]
    public void Quietly_nothing_is_read()
    {
        UpdateResult result = _service.Single(Both, new(1) { IsQuiet = true });
        Assert.Equal(("PATCH", UpdateOutcome.Succeeded, null, null), (_service.Calls, result.Outcome, result.Request, result.Error));
        Assert.NotNull(result.SeenBy);
    }

    [Fact]
    public void What_did_not_land_is_sent_again_under_its_id()
    {
        _service.Patch = (number, request) => number == 1 ? Wire.Refuse(request, 500) : null;
        UpdateResult result = _service.Single(Both);
        Assert.Equal(("PATCH GET PATCH GET", UpdateOutcome.Succeeded, 2, 1), (_service.Calls, result.Outcome, result.Attempts, _service.Ids));
        Assert.Single(_service.Notes);
    }

    [Fact]
    public void What_landed_is_not()
    {
        _service.Patch = (_, request) =>
        {
            _service.Apply(request);
            return Wire.Refuse(request, 504);
        };
        UpdateResult result = _service.Single(Both);
        Assert.Equal(("PATCH GET", UpdateOutcome.Succeeded, 1), (_service.Calls, result.Outcome, result.Attempts));
        Assert.Single(_service.Notes);
        Assert.NotNull(result.Request);
    }

    [Fact]
    public void Of_a_half_the_rest_is_sent_as_another_update()
    {
        _service.Patch = (number, request) =>
        {
            _service.Apply(request, note: number > 1);
            return number == 1 ? Wire.Refuse(request, 500) : null;
        };
        UpdateResult result = _service.Single(Both);
        Assert.Equal(("PATCH GET PATCH GET", UpdateOutcome.Succeeded, 2, 2), (_service.Calls, result.Outcome, result.Attempts, _service.Ids));
        Assert.Equal(("closed", 2), (_service.Status, _service.Notes.Count));
    }

    [Fact]
    public void What_nobody_can_know_is_told_so()
    {
        _service.ShowsNotes = false;
        _service.Patch = (_, request) => Wire.Refuse(request, 500);
        UpdateResult result = _service.Single(Both);
        Assert.Equal(("PATCH GET", UpdateOutcome.Unknown, ErrorIds.OutcomeUnknown, 1), (_service.Calls, result.Outcome, result.Error!.ErrorId, result.Attempts));
        Assert.Equal((500, Messages.OutcomeUnknownAction, Messages.OutcomeUnknown.With("1")), (result.Error.StatusCode, result.Error.RecommendedAction, result.Error.Message));
        Assert.True(result.IsInTheWay);
    }

    [Fact]
    public void What_cannot_be_read_back_is_unknown_too()
    {
        _service.Patch = (_, request) => Wire.Refuse(request, 500);
        _service.Get = (_, request) => Wire.Refuse(request, 404);
        Assert.Equal((UpdateOutcome.Unknown, "PATCH GET"), (_service.Single(Both).Outcome, _service.Calls));
    }

    [Fact]
    public void A_reading_that_fails_for_a_while_is_made_again()
    {
        _service.Patch = (_, request) => Wire.Refuse(request, 500);
        _service.Get = (number, request) => number < 3 ? Wire.Refuse(request, 500) : null;
        UpdateResult result = _service.Single(Both, retries: 1);
        Assert.StartsWith("PATCH GET GET GET", _service.Calls, StringComparison.Ordinal);
        Assert.Equal(UpdateOutcome.Failed, result.Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void What_never_lands_is_sent_so_often_and_fails_and_those_behind_it_wait(int retries)
    {
        _service.Patch = (_, request) => Wire.Refuse(request, 500);
        List<UpdateResult> results = _service.Run(new(1), retries, Both, new() { Note = "second" });
        Assert.Equal((UpdateOutcome.Failed, ErrorIds.ServiceUnavailable, retries + 1), (results[0].Outcome, results[0].Error!.ErrorId, results[0].Attempts));
        Assert.Equal(retries + 1, _service.Patches);
        Assert.Equal((UpdateOutcome.Failed, ErrorIds.NotSent, true, 0), (results[1].Outcome, results[1].Error!.ErrorId, results[1].IsNotSent, results[1].Attempts));
        Assert.Contains(Messages.Row.With(1), results[1].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_refused_is_in_nobodys_way()
    {
        _service.Patch = (number, request) => number == 1 ? Wire.Refuse(request, 400) : null;
        List<UpdateResult> results = _service.Run(new(1), 2, Both, new() { Note = "second" });
        Assert.Equal([UpdateOutcome.Failed, UpdateOutcome.Succeeded], results.Select(result => result.Outcome));
        Assert.Equal((ErrorIds.InvalidRequest, false, 1), (results[0].Error!.ErrorId, results[0].IsInTheWay, results[0].Attempts));
        Assert.Equal(["second"], _service.Notes);
    }

    [Fact]
    public void Updates_of_one_request_go_one_after_another()
    {
        List<UpdateResult> results = _service.Run(new(8), 2, [.. Enumerable.Range(1, 8).Select(number => new ServiceRequestChanges { Note = "note " + number })]);
        Assert.All(results, result => Assert.Equal(UpdateOutcome.Succeeded, result.Outcome));
        Assert.Equal(Enumerable.Range(1, 8).Select(number => "note " + number), _service.Notes);
        Assert.Equal(string.Join(" ", Enumerable.Repeat("PATCH GET", 8)), _service.Calls);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_is_accepted_and_not_shown_is_told(bool note, bool status)
    {
        _service.Patch = (_, request) => _service.Apply(request, note, status);
        UpdateResult result = _service.Single(Both);
        Assert.Equal(UpdateOutcome.Succeeded, result.Outcome);
        Assert.Contains(status ? "note" : "Closed", result.Contradiction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_success_that_cannot_be_read_back_is_one_all_the_same()
    {
        _service.Get = (_, request) => Wire.Refuse(request, 403);
        UpdateResult result = _service.Single(Both);
        Assert.Equal((UpdateOutcome.Succeeded, null, ErrorIds.AccessDenied, 1), (result.Outcome, result.Request, result.Error!.ErrorId, _service.Gets));
        _service.Get = (number, request) => number == 2 ? Wire.Refuse(request, 500) : null;
        Assert.NotNull(_service.Single(Both).Request);
        Assert.Equal(3, _service.Gets);
    }

    [Fact]
    public void How_the_service_reads_states_is_learnt_once()
    {
        MemoryService service = new() { KeepsSession = true };
        service.Patch = (_, request) => Encoding.UTF8.GetString(request.Body!).Contains("closed", StringComparison.Ordinal) ? Wire.Refuse(request, 400, "3000") : null;
        Assert.Equal([2, 1], service.Run(new(1), 2, Both, Both).Select(result => result.Attempts));
    }

    [Fact]
    public void What_was_read_of_a_request_is_offered_from_now_on()
    {
        _service.Single(Both);
        Assert.Equal(["1"], _service.Session.Recent.List().Select(request => request.Id));
    }

    [Fact]
    public void A_state_that_could_not_be_read_is_sent_in_the_other_form_as_another_call()
    {
        _service.Patch = (_, request) => Encoding.UTF8.GetString(request.Body!).Contains("closed", StringComparison.Ordinal) ? Wire.Refuse(request, 400, "3000") : _service.Apply(request);
        UpdateResult result = _service.Single(Both, retries: 0);
        Assert.Equal((UpdateOutcome.Succeeded, 2, 2, "2"), (result.Outcome, result.Attempts, _service.Ids, _service.Status));
        _service.Patch = (_, request) => Wire.Refuse(request, 400, "3000");
        UpdateResult refused = _service.Single(Both);
        Assert.Equal((UpdateOutcome.Failed, "3000"), (refused.Outcome, refused.Error!.ServiceErrorCode));
    }

    [Fact]
    public void A_refused_token_ends_the_run()
    {
        _service.Patch = (_, request) => Wire.Refuse(request, 401);
        List<UpdateResult> results = _service.Run(new(1), 2, Both, Both, Both);
        Assert.Equal(1, _service.Patches);
        Assert.True(results[0].IsEnd);
        Assert.All(results, result => Assert.Equal((UpdateOutcome.Failed, ErrorIds.Unauthenticated), (result.Outcome, result.Error!.ErrorId)));
        Assert.All(results.Skip(1), result => Assert.True(result.IsNotSent));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_progress_said_of_an_id_that_went_out_before_is_read_back(bool comes)
    {
        _service.Patch = (number, request) =>
        {
            if (number == 2 && comes)
            {
                _service.Apply(request);
            }

            return Wire.Refuse(request, number == 1 ? 500 : 409);
        };
        UpdateResult result = _service.Single(Both);
        Assert.Equal((comes ? UpdateOutcome.Succeeded : UpdateOutcome.Failed, 2, 1), (result.Outcome, _service.Patches, _service.Ids));
    }
}
