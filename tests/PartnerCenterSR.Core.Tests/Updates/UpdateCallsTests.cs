using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>How an update calls: how long it pauses, what it costs, and what it tells the breaker of the run.</summary>
public sealed class UpdateCallsTests
{
    private const int Retries = 20;
    private static readonly ApiRequest Request = new(ApiRequest.Patch, Wire.Endpoint);
    private readonly HandClock _clock = new();
    private readonly Wire _wire;
    private readonly UpdateRunContext _run;
    private readonly UpdateCalls _calls;
    private Func<ApiRequest, ApiResponse> _answer = _ => Wire.Json("[]");

    public UpdateCallsTests()
    {
        _wire = new(request => _answer(request));
        PartnerSession session = _wire.Session(clock: _clock, settings: new() { Endpoint = Wire.Endpoint, MaximumRetryCount = Retries, RetryDelay = TimeSpan.FromSeconds(2) });
        _run = new(session, _wire.Options, new(), new(1, _clock), new(session, _wire.Options, 2), Judge.Strict, new(1));
        _calls = new(_run, 1);
    }

    private static PartnerCenterException Of(int status, TimeSpan? retryAfter = null) => CallErrors.FromStatus(Request, status, ServiceError.None, retryAfter, null, null);

    /// <summary>The service is asked while the update waits.</summary>
    private Task PassAsync()
    {
        Task passed = _calls.PassAsync();
        _clock.RunPosted();
        return passed;
    }

    [Theory]
    [InlineData(0, 0.5, 2)]
    [InlineData(1, 0.5, 2)]
    [InlineData(2, 0.5, 4)]
    [InlineData(3, 0.5, 8)]
    [InlineData(4, 0.5, 16)]
    [InlineData(5, 0.5, 30)]
    [InlineData(20, 0.5, 30)]
    [InlineData(2, 0, 3)]
    [InlineData(2, 1, 5)]
    public async Task The_more_often_it_failed_the_longer_it_pauses(int failures, double chance, double seconds)
    {
        _clock.Chance = chance;
        for (int i = 0; i < failures; i++)
        {
            _calls.Budget.Send();
        }

        await _calls.PauseAsync(Of(500));
        Assert.Equal([TimeSpan.FromSeconds(seconds)], _clock.Delays);
        Assert.Equal([Messages.VerboseRetry.With(Math.Max(1, failures), seconds, Of(500).Message)], _wire.Heard.Details);
        await _calls.PauseAsync(null);
        Assert.Equal(2, _clock.Delays.Count);
    }

    [Fact]
    public async Task A_pause_that_the_service_asked_for_is_not_paused_once_more()
    {
        await _calls.PauseAsync(Of(429));
        await _calls.PauseAsync(Of(503, TimeSpan.FromSeconds(9)));
        Assert.Empty(_clock.Delays);
    }

    [Fact]
    public async Task While_it_pauses_another_has_its_place()
    {
        await _calls.Place.TakeAsync();
        Task other = _run.Places.EnterAsync(CancellationToken.None);
        Assert.False(other.IsCompleted);
        Task paused = _calls.PauseAsync(Of(500));
        await other;
        Assert.False(paused.IsCompleted);
        _run.Places.Leave();
        await paused;
        _calls.Place.Leave();
        _calls.Place.Leave();
        await _run.Places.EnterAsync(CancellationToken.None);
        Assert.False(_run.Places.EnterAsync(CancellationToken.None).IsCompleted);
    }

    [Theory]
    [InlineData(true, Retries + 1, (2 * Retries) + 4)]
    [InlineData(false, Retries, (2 * Retries) + 2)]
    public async Task What_a_service_that_was_down_took_is_given_back(bool isDown, int sendings, int calls)
    {
        await _calls.Place.TakeAsync();
        _calls.Budget.Send();
        _answer = request => Wire.Refuse(request, 503);
        (ApiResponse? accepted, PartnerCenterException? error) = await _calls.SendAsync(Request);
        Assert.Equal((null, ErrorIds.ServiceUnavailable), (accepted, error!.ErrorId));
        Assert.True(_calls.Budget.TryCall());
        _calls.Report(error, wasSending: false);
        Assert.False(_run.Breaker.IsOpen);
        int probes = 0;
        _answer = request => isDown && ++probes < 3 ? Wire.Refuse(request, 503) : Wire.Json("[]");
        Assert.True(_run.Breaker.Failed(2, error));
        await PassAsync();
        Assert.Equal((sendings, calls, false), (_calls.Budget.Sendings, _calls.Budget.Calls, _run.Breaker.IsOpen));
    }

    [Fact]
    public async Task An_answer_in_between_gives_nothing_back_and_begins_the_row_anew()
    {
        _calls.Budget.Send();
        _calls.Report(Of(503), wasSending: true);
        _calls.Report(null, wasSending: false);
        _calls.Budget.GiveBack();
        Assert.Equal(Retries, _calls.Budget.Sendings);
        Assert.True(_run.Breaker.Failed(2, Of(503)));
        Assert.False(_run.Breaker.IsOpen);
        await _calls.SendAsync(Request);
        Assert.True(_run.Breaker.Failed(3, Of(503)));
        Assert.False(_run.Breaker.IsOpen);
    }

    [Fact]
    public async Task A_reading_that_failed_is_paused_for_and_told_and_one_too_many_is_not_made()
    {
        Assert.True(await _calls.MayReadAgainAsync(null));
        Assert.Empty(_clock.Delays);
        Assert.True(await _calls.MayReadAgainAsync(Of(500)));
        Assert.Single(_clock.Delays);
        Assert.True(_run.Breaker.Failed(2, Of(503)));
        await PassAsync();
        Assert.Contains("size=1", _wire.Paths.Single(), StringComparison.Ordinal);
        while (_calls.Budget.TryCall())
        {
        }

        Assert.False(await _calls.MayReadAgainAsync(null));
        _calls.Budget.GiveBack();
        Assert.Equal(Retries + 1, _calls.Budget.Sendings);
    }

    [Fact]
    public async Task What_nobody_foresaw_may_have_taken_effect_and_a_stop_is_none()
    {
        _answer = _ => throw new InvalidOperationException("unforeseen");
        (_, PartnerCenterException? error) = await _calls.SendAsync(Request);
        Assert.True(error!.OutcomeOpen);
        using CancellationTokenSource stop = new();
        UpdateCalls stopped = new(_run with { Options = _wire.Options with { Waiting = stop.Token } }, 1);
        _answer = _ =>
        {
            stop.Cancel();
            throw new OperationCanceledException();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.SendAsync(Request));
    }
}
