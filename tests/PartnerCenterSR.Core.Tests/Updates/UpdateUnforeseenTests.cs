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

    [Fact]
    public void What_happens_before_it_leaves_has_not_landed()
    {
        ManyRequests service = new();

        // Nothing can be read: what may have landed would be unknown.
        service.Does = (method, _, count, request) => method == "GET" ? ManyRequests.Refuse(request, 403) : count == 1 ? ManyRequests.Refuse(request, 401) : null;
        service.Run(1, 1, tokens: new SlowTokens(() => Task.FromException(new InvalidOperationException("a file is held"))));
        Assert.Equal((UpdateOutcome.Succeeded, 2, 1), (service.Results[0].Outcome, service.Patches("1"), service.NotesOf("1").Count));
    }

    private sealed class StoppedClock() : Clock(TimeProvider.System)
    {
        public override Task DelayAsync(TimeSpan delay, CancellationToken cancellation) => throw new InvalidOperationException("It stands still.");
    }
}
