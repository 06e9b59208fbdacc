using System;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Tests.Journal;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A run that is stopped while its updates wait for something: what has not left has not landed, and what was accepted has.</summary>
public sealed class UpdateWaitingStopTests
{
    private readonly ManyRequests _service = new();

    [Fact]
    public void What_waits_for_a_pause_was_not_sent_and_is_sent_when_it_is_gone_on_with()
    {
        MemoryStore store = new();
        _service.NotesOf("2").Add(("somebody else's", DateTimeOffset.UnixEpoch.AddYears(29)));
        _service.Does = (method, _, _, request) => method == "PATCH" ? ManyRequests.Refuse(request, 429, 600) : null;
        _service.Run(2, 2, store: store, meanwhile: _service.Stop.Cancel);
        Assert.All(_service.Results, result => Assert.Equal((UpdateOutcome.Failed, true, true), (result.Outcome, result.WasStopped, result.IsNotSent)));
        Assert.Equal((1, 0), (_service.Results[0].Attempts, _service.Results[1].Attempts));
        Assert.Equal((1, 0), (_service.Patches("1"), _service.Patches("2")));
    }

    [Fact]
    public void What_was_accepted_has_landed_although_nobody_could_read_it()
    {
        _service.Does = (method, _, _, request) => method == "PATCH" ? null : ManyRequests.Refuse(request, 429, 600);
        _service.Run(1, 1, meanwhile: _service.Stop.Cancel);
        Assert.Equal(UpdateOutcome.Succeeded, _service.Results[0].Outcome);
    }

    [Fact]
    public void What_is_accepted_when_it_is_stopped_is_not_read_any_more()
    {
        _service.Does = (method, _, _, _) =>
        {
            _service.Stop.Cancel();
            return null;
        };
        _service.Run(1, 1);
        Assert.Equal((UpdateOutcome.Succeeded, "PATCH"), (_service.Results[0].Outcome, Assert.Single(_service.Calls).Method));
        Assert.Equal(Messages.UnreadAtEnd, _service.Results[0].Error!.Message);
    }

    [Fact]
    public void A_token_that_comes_when_it_is_stopped_sends_nothing()
    {
        TaskCompletionSource renewed = new();
        SlowTokens tokens = new(() => renewed.Task);
        _service.Does = (method, _, count, request) => method == "PATCH" && count == 1 ? ManyRequests.Refuse(request, 401) : null;
        _service.Run(1, 1, tokens: tokens, meanwhile: () =>
        {
            _service.Stop.Cancel();
            renewed.SetResult();
        });
        Assert.Equal(1, _service.Patches("1"));
        Assert.True(_service.Results[0].WasStopped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Behind_a_refusal_that_ends_the_run_nothing_takes_the_place_of_the_refused(int width)
    {
        _service.Does = (method, _, _, request) => method == "PATCH" ? _service.LaterAsync(0.25, () => throw ManyRequests.Refusal(request, 401)) : null;
        _service.Run(width, 6);
        Assert.Equal((width, ErrorIds.Unauthenticated), (_service.Calls.Count(call => call.Method == "PATCH"), _service.Ended?.ErrorId));
    }
}
