using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>An exception that nobody foresaw says nothing of whether the service acted.</summary>
public sealed class UpdateUnforeseenTests
{
    private static readonly ServiceRequestChanges Both = new() { Note = "n", Status = ServiceRequestStatus.Closed };
    private readonly MemoryService _service = new();

    [Fact]
    public void What_nobody_foresaw_may_have_landed()
    {
        _service.Patch = (number, request) =>
        {
            _service.Apply(request);
            throw new InvalidOperationException("unforeseen");
        };
        Assert.Equal((UpdateOutcome.Succeeded, 1), (_service.Single(Both).Outcome, _service.Notes.Count));
    }

    [Fact]
    public void So_may_what_nobody_foresaw_here_and_the_run_goes_on()
    {
        (_service.Clock, _service.SettleTime) = (new StoppedClock(), TimeSpan.FromSeconds(30));
        _service.Patch = (_, request) => Wire.Refuse(request, 500);
        List<UpdateResult> results = _service.Run(new(1), 2, Both, Both);
        Assert.Equal((UpdateOutcome.Unknown, ErrorIds.OutcomeUnknown, 1, false), (results[0].Outcome, results[0].Error!.ErrorId, results[0].Attempts, results[0].IsEnd));
        Assert.Equal((Messages.Unforeseen.With("It stands still."), Messages.OutcomeUnknownAction), (results[0].Error!.Message, results[0].Error!.RecommendedAction));
        Assert.Equal(Messages.NotSentBehind.With("1", Messages.Row.With(1)), results[1].Error!.Message);
    }

    private sealed class StoppedClock() : Clock(TimeProvider.System)
    {
        public override Task DelayAsync(TimeSpan delay, CancellationToken cancellation) => throw new InvalidOperationException("It stands still.");
    }
}
