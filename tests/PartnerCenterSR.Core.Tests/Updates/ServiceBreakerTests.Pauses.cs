using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Updates;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>A service that is down and asks for pauses: they are kept, but none makes a run wait longer than its owner said.</summary>
public sealed partial class ServiceBreakerTests
{
    /// <summary>What is cancelled goes on beside: so it is waited for, where no more time passes.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(20);

    /// <summary>Passes as much time as the connection waits, and no more than the last probe may take.</summary>
    private async Task DownAsync(Task waiting)
    {
        for (int i = 0; i < 1799; i++)
        {
            Pass(0.1);
        }

        Assert.False(waiting.IsCompleted);
        Pass(0.1);
        Pass(5);
        Assert.Equal(ErrorIds.ServiceDown, (await Assert.ThrowsAsync<PartnerCenterException>(() => waiting.WaitAsync(Enough))).ErrorId);
    }

    [Fact]
    public async Task A_pause_is_kept_and_ends_with_what_the_connection_waits()
    {
        _answer = _ => throw Of(503, TimeSpan.FromSeconds(170));
        await DownAsync(Fail(Breaker(), 2).WaitAsync());
        Assert.Equal([0.5, 170.5], _probed.Select(at => Math.Round(at.TotalSeconds, 1)));
        Assert.Single(_wire.Heard.Warnings, told => told.Contains("180", StringComparison.Ordinal));
    }

    [Fact]
    public Task One_that_is_asked_for_shortly_before_the_end_is_not_waited_for()
    {
        _answer = request => throw Of(503, _time.GetUtcNow() - _time.Start < TimeSpan.FromSeconds(170) ? null : TimeSpan.FromMinutes(59));
        return DownAsync(Fail(Breaker(), 2).WaitAsync());
    }

    [Fact]
    public void What_failed_long_ago_has_nothing_to_do_with_what_fails_now()
    {
        ServiceBreaker breaker = Fail(Breaker(), 1);
        Pass(1000);
        Assert.True(breaker.Failed(2, Of(503)));
        Assert.False(breaker.IsOpen);
        Pass(100);
        Assert.True(breaker.Failed(3, Of(503)));
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public async Task What_fails_late_does_not_open_it_again_when_it_is_down_for_good()
    {
        _answer = _ => throw Of(503);
        ServiceBreaker breaker = Fail(Breaker(), 2);
        await DownAsync(breaker.WaitAsync());
        int probed = _probed.Count;
        Assert.True(breaker.Failed(3, Of(503)));
        Assert.True(breaker.Failed(4, Of(503)));
        Pass(10);
        Assert.Equal(probed, _probed.Count);
        Assert.Equal(ErrorIds.ServiceDown, (await Assert.ThrowsAsync<PartnerCenterException>(breaker.WaitAsync)).ErrorId);
    }

    [Fact]
    public async Task Who_is_stopped_in_it_waits_no_longer()
    {
        using CancellationTokenSource stop = new();
        _answer = _ => throw Of(503, TimeSpan.FromSeconds(100));
        ServiceBreaker breaker = Fail(Breaker(waiting: stop.Token), 2);
        Task<bool> waiting = breaker.WaitAsync();
        Pass(1);
        Pass(9);
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Single(_probed);
        Assert.False(breaker.IsOpen);
        Assert.Equal([true, false], _wire.Heard.Outages);
    }
}
