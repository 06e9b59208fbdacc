using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>An update whose answer was lost is read back at once, and once more when nothing can come any more.</summary>
public sealed class UpdateSettleTests
{
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Closed };
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(30);
    private readonly HandClock _clock = new() { RunsBeside = true };
    private readonly MemoryService _service;

    public UpdateSettleTests() => _service = new() { Clock = _clock, SettleTime = SettleTime };

    private string[] Details => [.. _service.Heard.Details.Where(told => told == Messages.VerboseReadBack.With("1"))];

    [Fact]
    public void What_is_there_at_once_is_not_waited_for()
    {
        _service.Patch = (_, request) =>
        {
            _service.Apply(request);
            return Wire.Refuse(request, 504);
        };
        Assert.Equal((UpdateOutcome.Succeeded, "PATCH GET"), (_service.Single(Both).Outcome, _service.Calls));
        Assert.Empty(_clock.Delays);
        Assert.Empty(_service.Heard.Waits);
        Assert.Single(Details);
    }

    [Fact]
    public void What_is_not_is_waited_for_and_told()
    {
        _service.Patch = (number, request) => number == 1 ? Wire.Refuse(request, 504) : null;
        Assert.Equal((UpdateOutcome.Succeeded, "PATCH GET GET PATCH GET"), (_service.Single(Both).Outcome, _service.Calls));
        Assert.Equal(SettleTime, _clock.Delays[0]);
        Assert.Equal([SettleTime], _service.Heard.Waits);
    }

    [Fact]
    public void What_comes_meanwhile_is_found()
    {
        _service.Patch = (_, request) => Wire.Refuse(request, 504);
        _service.Get = (number, _) =>
        {
            if (number == 2)
            {
                _service.Status = "closed";
                _service.Notes.Add("n");
            }

            return null;
        };
        Assert.Equal((UpdateOutcome.Succeeded, "PATCH GET GET", 1), (_service.Single(Both).Outcome, _service.Calls, _service.Patches));
    }

    [Fact]
    public void The_longer_the_first_reading_took_the_shorter_the_rest_of_the_time()
    {
        _service.Patch = (number, request) => number == 1 ? Wire.Refuse(request, 504) : null;
        _service.Get = (number, _) =>
        {
            _clock.Face.Pass(number == 1 ? 12 : 0);
            return null;
        };
        _service.Single(Both);
        Assert.Equal(TimeSpan.FromSeconds(18), _clock.Delays[0]);
    }

    [Fact]
    public void What_took_long_to_fail_is_not_settled_when_it_fails()
    {
        _service.Patch = (number, request) =>
        {
            _clock.Face.Pass(30);
            return number == 1 ? Wire.Refuse(request, 504) : null;
        };
        Assert.Equal((UpdateOutcome.Succeeded, "PATCH GET GET PATCH GET"), (_service.Single(Both).Outcome, _service.Calls));
        Assert.Equal(TimeSpan.FromSeconds(30), _clock.Delays[0]);
    }

    [Fact]
    public void Where_no_reading_comes_through_its_last_reason_is_told_and_no_more_is_asked_than_it_may_cost()
    {
        _service.Patch = (_, request) => Wire.Refuse(request, 504);
        _service.Get = (_, request) => Wire.Refuse(request, 500);
        UpdateResult result = _service.Single(Both, retries: 1);
        Assert.Equal((UpdateOutcome.Unknown, ErrorIds.OutcomeUnknown, 500), (result.Outcome, result.Error!.ErrorId, result.Error.StatusCode));
        Assert.Equal("PATCH GET GET GET GET GET", _service.Calls);
        Assert.Contains("500", result.Error.Message, StringComparison.Ordinal);
        Assert.Equal(SettleTime, _clock.Delays[0]);
    }

    [Fact]
    public void Each_attempt_settles_anew()
    {
        _service.Patch = (_, request) => Wire.Refuse(request, 504);
        UpdateResult result = _service.Single(Both, retries: 2);
        Assert.Equal((UpdateOutcome.Failed, ErrorIds.ServiceUnavailable, 3), (result.Outcome, result.Error!.ErrorId, result.Attempts));
        Assert.Equal(3, _service.Heard.Waits.Count);
        Assert.Equal(3, Details.Length);
    }

    [Fact]
    public void The_other_form_of_a_state_is_no_repetition_and_is_kept_to()
    {
        _service.Patch = (number, request) => number == 1 ? Wire.Refuse(request, 400, "3000") : number == 2 ? Wire.Refuse(request, 500) : null;
        List<UpdateResult> results = _service.Run(new(1), 1, Both, Both with { Note = "second", Status = ServiceRequestStatus.Open });
        Assert.All(results, result => Assert.Equal(UpdateOutcome.Succeeded, result.Outcome));
        Assert.Equal([3, 1], results.Select(result => result.Attempts));
        Assert.Equal(4, _service.Patches);
    }
}
