using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Tests.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A service that is down is told from a call that fails, and asked now and then whether it is back.</summary>
public sealed partial class ServiceBreakerTests
{
    private static readonly ApiRequest Request = new(ApiRequest.Patch, Wire.Endpoint);
    private readonly FakeTimeProvider _time = new();
    private readonly List<TimeSpan> _probed = [];
    private readonly Wire _wire;
    private Func<ApiRequest, ApiResponse> _answer = _ => Wire.Json("[]");

    public ServiceBreakerTests() => _wire = new(request =>
    {
        _probed.Add(_time.GetUtcNow() - _time.Start);
        return _answer(request);
    });

    private ServiceBreaker Breaker(int width = 2, CancellationToken waiting = default) =>
        new(_wire.Session(clock: new InOrder(_time)), _wire.Options with { Waiting = waiting }, width);

    private static PartnerCenterException Of(int status, TimeSpan? retryAfter = null) => CallErrors.FromStatus(Request, status, ServiceError.None, retryAfter, null, null);

    private static PartnerCenterException Unconnected(SocketError reason) => CallErrors.ConnectionFailed(Request, new SocketException((int)reason), outcomeOpen: false);

    /// <summary>So many updates fail.</summary>
    private static ServiceBreaker Fail(ServiceBreaker breaker, int rows)
    {
        for (int row = 1; row <= rows; row++)
        {
            Assert.True(breaker.Failed(row, Of(503)));
        }

        return breaker;
    }

    /// <summary>Time passes, and what waited for it goes on here and now: a test's own context would send it elsewhere.</summary>
    private void Pass(double seconds)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    [InlineData(5, 5)]
    [InlineData(64, 5)]
    public void So_many_different_updates_in_a_row_open_it(int width, int rows)
    {
        Assert.False(Fail(Breaker(width), rows - 1).IsOpen);
        Assert.True(Fail(Breaker(width), rows).IsOpen);
    }

    [Fact]
    public void One_alone_never_does()
    {
        ServiceBreaker breaker = Breaker();
        for (int i = 0; i < 20; i++)
        {
            Assert.True(breaker.Failed(7, Of(500)));
        }

        breaker.Suspect();
        Assert.False(breaker.IsOpen);
    }

    [Fact]
    public void An_answer_in_between_begins_the_row_anew()
    {
        ServiceBreaker breaker = Fail(Breaker(3), 2);
        breaker.Answered();
        Assert.False(Fail(breaker, 2).IsOpen);
        Assert.False(breaker.Failed(9, Of(404)));
        Assert.False(Fail(breaker, 2).IsOpen);
        Assert.True(breaker.Failed(3, Of(500)));
        Assert.True(breaker.IsOpen);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(408, true)]
    [InlineData(501, false)]
    [InlineData(505, false)]
    [InlineData(429, false)]
    [InlineData(404, false)]
    [InlineData(401, false)]
    [InlineData(302, false)]
    public void Some_failures_are_no_answer(int status, bool isOutage) => Assert.Equal(isOutage, Breaker().Failed(1, Of(status)));

    [Fact]
    public void A_pause_that_nobody_waits_for_is_an_answer() => Assert.False(Breaker().Failed(1, Of(503, TimeSpan.FromHours(2))));

    [Fact]
    public void A_host_that_was_never_there_is_no_outage_and_one_that_was_is()
    {
        ServiceBreaker breaker = Breaker();
        PartnerCenterException gone = Unconnected(SocketError.HostNotFound);
        Assert.True(breaker.MayPass(Unconnected(SocketError.ConnectionRefused)));
        Assert.False(breaker.MayPass(gone));
        Assert.True(Breaker().Failed(1, Unconnected(SocketError.ConnectionRefused)));
        breaker.Answered();
        Assert.True(breaker.MayPass(gone));
        Assert.False(breaker.MayPass(Of(404)));
        Assert.True(breaker.Failed(1, gone));
    }

    [Fact]
    public void Where_two_fail_and_one_would_give_up_the_service_is_asked_first()
    {
        ServiceBreaker one = Fail(Breaker(5), 1);
        one.Suspect();
        Assert.False(one.IsOpen);
        ServiceBreaker two = Fail(Breaker(5), 2);
        two.Suspect();
        Assert.True(two.IsOpen);
    }

    [Fact]
    public async Task Where_it_answers_at_once_nobody_hears_of_it()
    {
        ServiceBreaker breaker = Fail(Breaker(), 2);
        Task<bool> waiting = breaker.WaitAsync();
        Pass(0.4);
        Assert.False(waiting.IsCompleted);
        Pass(0.2);
        Assert.False(await waiting);
        Assert.False(breaker.IsOpen);
        Assert.Empty(_wire.Heard.Warnings);
        Assert.Equal([false], _wire.Heard.Outages);
        Assert.Equal("/v1/servicerequests?size=1", Assert.Single(_wire.Asked).Uri.PathAndQuery);

        // And the row begins anew.
        Assert.True(breaker.Failed(1, Of(503)));
        Assert.False(breaker.IsOpen);
    }

    [Fact]
    public async Task While_it_does_not_it_is_asked_less_and_less_often_and_told_once()
    {
        _answer = request => Wire.Refuse(request, 503);
        ServiceBreaker breaker = Fail(Breaker(), 2);
        Task<bool>[] waiting = [breaker.WaitAsync(), breaker.WaitAsync()];
        for (int i = 0; i < 300; i++)
        {
            Pass(0.1);
        }

        Assert.Equal([0.5, 1.5, 3.5, 7.5, 14.5, 21.5, 28.5], _probed.Select(at => Math.Round(at.TotalSeconds, 1)));
        Assert.Contains("503", Assert.Single(_wire.Heard.Warnings), StringComparison.Ordinal);
        Assert.Equal([true], _wire.Heard.Outages);
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        _answer = _ => Wire.Json("[]");
        Pass(7);
        Assert.All(await Task.WhenAll(waiting), Assert.True);
        Assert.Equal([true, false], _wire.Heard.Outages);
        Assert.False(breaker.IsOpen);

        // The next time it was not down, nobody is told that it was.
        Fail(breaker, 2);
        Task<bool> again = breaker.WaitAsync();
        Pass(1);
        Assert.False(await again);
    }

    [Fact]
    public async Task What_is_longer_than_the_connection_waits_is_the_end()
    {
        _answer = request => Wire.Refuse(request, 503);
        ServiceBreaker breaker = Breaker();
        Assert.True(breaker.Failed(1, Of(503)));
        Pass(10);
        Assert.True(breaker.Failed(2, Of(503)));
        Task<bool> waiting = breaker.WaitAsync();
        for (int i = 0; i < 169; i++)
        {
            Pass(1);
        }

        Assert.False(waiting.IsCompleted);
        Pass(1);
        PartnerCenterException error = await Assert.ThrowsAsync<PartnerCenterException>(() => waiting);
        Assert.Equal((ErrorIds.ServiceDown, Messages.ServiceDownAction), (error.ErrorId, error.RecommendedAction));
        Assert.Contains("180", error.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(180), _probed[^1]);
        Assert.True(breaker.IsOpen);
        await Assert.ThrowsAsync<PartnerCenterException>(breaker.WaitAsync);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task Whatever_it_says_it_is_there(int status)
    {
        _answer = request => status == 0 ? throw new InvalidOperationException("unforeseen") : Wire.Refuse(request, status);
        ServiceBreaker breaker = Fail(Breaker(), 2);
        Task<bool> waiting = breaker.WaitAsync();
        Pass(0.5);
        Assert.False(await waiting);
        Assert.Empty(_wire.Heard.Warnings);
    }

    [Fact]
    public async Task Who_is_stopped_waits_no_longer()
    {
        using CancellationTokenSource stop = new();
        ServiceBreaker breaker = Fail(Breaker(waiting: stop.Token), 2);
        Task<bool> waiting = breaker.WaitAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(_probed);
        Assert.False(breaker.IsOpen);
    }

    [Fact]
    public async Task Where_it_is_not_open_nobody_waits() => Assert.False(await Breaker().WaitAsync());

    /// <summary>What is posted is done at once, so that all goes on where the time is advanced.</summary>
    private sealed class InOrder(TimeProvider time) : Clock(time)
    {
        public override void Post(Action work) => work();

        public override TaskCompletionSource<bool> NewSignal() => new();
    }
}
