using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Service;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>A call passes retry, token, throttle and transport, each once.</summary>
public sealed partial class CallPipelineTests
{
    private static readonly ApiRequest Request = new(HttpMethod.Get, Wire.Endpoint);
    private readonly ServiceClock _serviceClock = new(new Clock(TimeProvider.System));
    private readonly List<string> _tokens = [];
    private readonly Queue<Func<ApiResponse>> _answers = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RenewingTokens _source = new();

    private CallPipeline Pipeline(int retries = 0)
    {
        Clock clock = new(_time);
        ConnectionSettings settings = new() { Endpoint = Wire.Endpoint, MaximumRetryCount = retries, RetryDelay = TimeSpan.FromMilliseconds(1) };
        return new(_source, new(clock), new Answering(this), _serviceClock, new(settings, TimeProvider.System));
    }

    private static Func<ApiResponse> Refuse(int status, string? code = null, TimeSpan? retryAfter = null, string? claims = null) =>
        () => throw CallErrors.FromStatus(Request, status, ServiceError.None with { Code = code }, retryAfter, null, claims);

    private static Func<ApiResponse> Answer(DateTimeOffset? date = null) => () => Wire.Json("{}") with { Date = date };

    [Fact]
    public async Task A_token_that_was_refused_is_renewed_once_with_what_was_demanded()
    {
        Wire wire = new(_ => null!);
        _answers.Enqueue(Refuse(401, claims: "{}"));
        _answers.Enqueue(Answer());
        await Pipeline().SendOnceAsync(Request, wire.Options);
        Assert.Equal(["t0", "t1"], _tokens);
        Assert.Equal(("t0", "{}"), Assert.Single(_source.Renewed));
        Assert.Empty(_source.Asked);
    }

    [Fact]
    public async Task A_token_that_is_refused_twice_is_an_error()
    {
        _answers.Enqueue(Refuse(401));
        _answers.Enqueue(Refuse(401));
        Assert.Equal(ErrorIds.Unauthenticated, (await Assert.ThrowsAsync<PartnerCenterException>(() => Pipeline(3).SendAsync(Request, response => response, new Wire(_ => null!).Options))).ErrorId);
        Assert.Equal(2, _tokens.Count);
    }

    [Theory]
    [InlineData("900421")]
    [InlineData("10001")]
    public async Task Where_mfa_is_missing_the_person_is_asked(string code)
    {
        _answers.Enqueue(Refuse(401, code));
        _answers.Enqueue(Answer());
        await Pipeline().SendOnceAsync(Request, new Wire(_ => null!).Options);
        Assert.Equal(("t0", ClaimsChallenge.Mfa), Assert.Single(_source.Asked));
        Assert.Empty(_source.Renewed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("900421")]
    public async Task Where_nothing_can_be_done_the_refusal_stands(string? code)
    {
        _source.CanRenew = _source.CanAsk = false;
        _answers.Enqueue(Refuse(401, code));
        await Assert.ThrowsAsync<PartnerCenterException>(() => Pipeline().SendOnceAsync(Request, new Wire(_ => null!).Options));
        Assert.Empty(_source.Renewed);
        Assert.Empty(_source.Asked);
    }

    [Fact]
    public async Task What_may_pass_is_tried_again_so_often_and_no_more()
    {
        for (int i = 0; i < 4; i++)
        {
            _answers.Enqueue(Refuse(500));
        }

        Assert.Equal(ErrorIds.ServiceUnavailable, (await Assert.ThrowsAsync<PartnerCenterException>(() => Pipeline(3).SendAsync(Request, response => response, new Wire(_ => null!).Options))).ErrorId);
        Assert.Empty(_answers);
        _answers.Enqueue(Refuse(404));
        await Assert.ThrowsAsync<PartnerCenterException>(() => Pipeline(3).SendAsync(Request, response => response, new Wire(_ => null!).Options));
        Assert.Equal(5, _tokens.Count);
    }

    [Fact]
    public async Task What_has_to_be_done_before_it_leaves_holds_no_place()
    {
        CallPipeline pipeline = Pipeline();
        CallOptions options = new Wire(_ => null!).Options;
        _answers.Enqueue(Refuse(429, retryAfter: TimeSpan.FromSeconds(1)));
        await Assert.ThrowsAsync<PartnerCenterException>(() => pipeline.SendOnceAsync(Request, options));
        _time.Advance(TimeSpan.FromSeconds(2));
        (TaskCompletionSource written, int left) = (new(), 0);
        Task? writing = written.Task;
        Task<ApiResponse> first = pipeline.SendOnceAsync(Request, options with { Preparing = () => Interlocked.Exchange(ref writing, null), SettingOut = () => left++ });
        _answers.Enqueue(() => new(200, []));
        await pipeline.SendOnceAsync(Request, options);
        Assert.Equal((false, 0), (first.IsCompleted, left));
        _answers.Enqueue(() => new(204, []));
        written.SetResult();
        Assert.Equal((204, 1), ((await first).StatusCode, left));
    }

    [Fact]
    public async Task Others_wait_for_a_pause_and_a_cancelled_wait_ends()
    {
        CallPipeline pipeline = Pipeline();
        _answers.Enqueue(Refuse(429, retryAfter: TimeSpan.FromSeconds(30)));
        await Assert.ThrowsAsync<PartnerCenterException>(() => pipeline.SendOnceAsync(Request, new Wire(_ => null!).Options));
        using CancellationTokenSource cancel = new();
        Task waits = pipeline.SendOnceAsync(Request, new Wire(_ => null!).Options with { Waiting = cancel.Token });
        _answers.Enqueue(Answer());
        Assert.False(waits.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        Task<ApiResponse> goes = pipeline.SendOnceAsync(Request, new Wire(_ => null!).Options);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await goes).StatusCode);
    }

    [Fact]
    public async Task The_services_clock_is_heard()
    {
        DateTimeOffset date = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _answers.Enqueue(Answer(date));
        Assert.False(_serviceClock.HasAnswered);
        ApiResponse response = await Pipeline().SendOnceAsync(Request, new Wire(_ => null!).Options);
        Assert.True(_serviceClock.HasAnswered);
        Assert.Equal(date.AddSeconds(3), _serviceClock.At(response.ReceivedAt.AddSeconds(3)));
    }

    private sealed class Answering(CallPipelineTests test) : ITransport
    {
        public Task<ApiResponse> SendAsync(ApiRequest request, string token, CallOptions options)
        {
            test._tokens.Add(token);
            return Task.FromResult(test._answers.Dequeue()());
        }
    }
}
