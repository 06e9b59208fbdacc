using System;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What of a success is read, and what is told where it cannot be.</summary>
public sealed partial class UpdateReadingTests
{
    private static Task<bool> Yes() => Task.FromResult(true);

    private ApiResponse Accepted(string? body = null) => Wire.Json(body ?? Body()) with { Date = ServiceNow, ReceivedAt = _clock.Now };

    private static Task<bool> No() => Task.FromResult(false);

    [Fact]
    public async Task Where_the_answer_says_all_nothing_is_read()
    {
        _notes.Add(("n", ServiceNow));
        UpdateResult result = await AcceptAsync();
        Assert.Empty(_wire.Asked);
        Assert.Equal((UpdateOutcome.Succeeded, "1", ServiceNow.AddSeconds(1), null), (result.Outcome, result.Request!.Id, result.SeenBy, result.Contradiction));
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task Where_it_does_not_it_is_read_once_at_least_and_as_often_as_one_may(bool mayGoOn, int times)
    {
        int left = 3;
        _answer = request => --left > 0 || !mayGoOn ? Wire.Refuse(request, 500) : Wire.Json("{\"id\":\"1\",\"status\":\"closed\",\"notes\":[{\"text\":\"n\"}]}");
        UpdateReading reading = Reading();
        UpdateResult result = await reading.AcceptAsync(Accepted(string.Empty), Asked, mayGoOn ? Yes : No);
        Assert.Equal((times, UpdateOutcome.Succeeded, mayGoOn), (_wire.Asked.Count, result.Outcome, result.Request is not null));
        Assert.Equal(mayGoOn ? null : ErrorIds.ServiceUnavailable, result.Error?.ErrorId);
        Assert.Equal("c", _wire.Asked[0].CorrelationId);
    }

    [Fact]
    public async Task A_refusal_is_not_read_again()
    {
        _answer = request => Wire.Refuse(request, 404);
        UpdateReading reading = Reading();
        UpdateResult result = await reading.AcceptAsync(Accepted(string.Empty), Asked, Yes);
        Assert.Equal((1, ErrorIds.NotFound, true), (_wire.Asked.Count, result.Error!.ErrorId, reading.IsRefused));
    }

    [Fact]
    public async Task An_answer_that_is_another_requests_is_told_and_read_anew()
    {
        _answer = _ => throw new InvalidOperationException("unforeseen");
        UpdateReading reading = Reading();
        Assert.Null(await reading.ReadAsync(isSettled: true, Asked));
        Assert.Equal((ErrorIds.MalformedResponse, Messages.Unforeseen.With("unforeseen")), (reading.LastError!.ErrorId, reading.LastError.Message));
        _answer = null;
        Assert.NotNull(await reading.ReadAsync(isSettled: true, Asked));
        Assert.Equal((null, false), (reading.LastError, reading.IsRefused));
    }

    [Theory]
    [InlineData(-8 * 24, false, true)]
    [InlineData(-8 * 24, true, false)]
    [InlineData(0, true, true)]
    [InlineData(0, false, false)]
    public async Task Neither_last_weeks_note_nor_a_twins_is_this_one(int hours, bool isTwice, bool isTwinKnown)
    {
        _notes.Add(("n", ServiceNow.AddHours(hours)));
        if (isTwice)
        {
            _notes.Add(("n", ServiceNow));
        }

        if (isTwinKnown)
        {
            _run.Known.Add("1", new(NoteText.Hash("n"), ServiceNow.AddHours(hours).AddSeconds(-1), ServiceNow.AddHours(hours).AddSeconds(1), IsConfirmed: true, "twin"), null);
        }

        UpdateReading reading = Reading();
        reading.Times.Leave();
        bool isThere = isTwice || (hours == 0 && !isTwinKnown);
        Assert.Equal(isThere, (await reading.AcceptAsync(Accepted(), Asked, Yes)).Contradiction is null);
    }

    [Fact]
    public async Task A_success_that_nobody_can_read_and_one_that_nobody_wants()
    {
        UpdateReading quiet = new(_run with { Wishes = new(1) { IsQuiet = true } }, Update, null);
        UpdateResult unread = await quiet.AcceptAsync(Accepted("{\"id\":"), Asked, Yes);
        Assert.Equal((UpdateOutcome.Succeeded, null, ServiceNow.AddSeconds(1)), (unread.Outcome, unread.Error, unread.SeenBy));
        Assert.Empty(_wire.Asked);
        Assert.Equal(string.Empty, quiet.CorrelationId);
    }

    [Fact]
    public async Task Who_is_stopped_reads_no_longer()
    {
        using CancellationTokenSource stop = new();
        UpdateReading reading = new(_run with { Options = _wire.Options with { Waiting = stop.Token } }, Update, null);
        _answer = _ =>
        {
            stop.Cancel();
            throw new OperationCanceledException();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.ReadAsync(isSettled: true, Asked));
    }

    [Fact]
    public void What_is_unknown_says_what_the_service_said()
    {
        PartnerCenterException cause = CallErrors.FromStatus(new(ApiRequest.Patch, Wire.Endpoint), 503, new("c1", "words"), TimeSpan.FromSeconds(9), "x", null);
        PartnerCenterException told = Reading().Unknown("told", cause);
        Assert.Equal((ErrorIds.OutcomeUnknown, "told", cause, 503, TimeSpan.FromSeconds(9), "c1", "words"), (told.ErrorId, told.Message, told.InnerException, told.StatusCode, told.RetryAfter, told.ServiceErrorCode, told.ServiceMessage));
        Assert.Equal((cause.RequestId, "c", Messages.OutcomeUnknownAction), (told.RequestId, told.CorrelationId, told.RecommendedAction));
    }
}
