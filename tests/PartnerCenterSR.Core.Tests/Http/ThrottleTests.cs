using System.Linq;
using System.Threading.Tasks;
using System.Threading;
using System;
using Microsoft.Extensions.Time.Testing;
using PartnerCenterSR.Core.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Http;

/// <summary>One call that is told to wait makes all wait.</summary>
public sealed class ThrottleTests
{
    private static readonly RecordingObserver Observer = new();

    [Fact]
    public async Task Nobody_passes_before_the_pause_is_over_and_then_one_by_one()
    {
        FakeTimeProvider time = new();
        EndpointThrottle gate = new(new Clock(time));
        await gate.EnterAsync(Observer, CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(2), gate.Pause(TimeSpan.FromSeconds(2), 0));
        gate.Leave(succeeded: false);
        Task[] waiting = [.. Enumerable.Range(0, 5).Select(_ => gate.EnterAsync(Observer, CancellationToken.None))];
        time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(2));
        await Task.WhenAny(waiting);
        Assert.Equal(1, waiting.Count(task => task.IsCompleted));
        Task[] others = [.. waiting.Where(task => !task.IsCompleted)];
        gate.Leave(succeeded: true);
        await Task.WhenAny(others);
        Assert.InRange(waiting.Count(task => task.IsCompleted), 2, 3);
    }

    [Fact]
    public void Without_a_word_on_how_long_the_pauses_grow()
    {
        EndpointThrottle gate = new(new Clock(new FakeTimeProvider()));
        Assert.Equal([1, 2, 4], Enumerable.Range(0, 3).Select(round => gate.Pause(null, round).TotalSeconds));
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        EndpointThrottle gate = new(new Clock(new FakeTimeProvider()));
        gate.Pause(TimeSpan.FromHours(1), 0);
        using CancellationTokenSource cancel = new();
        Task entering = gate.EnterAsync(Observer, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entering);
    }

    [Fact]
    public void Own_pauses_end_at_a_minute_and_begin_anew_after_a_success()
    {
        EndpointThrottle gate = new(new Clock(new FakeTimeProvider()));
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 8).Select(round => gate.Pause(null, round).TotalSeconds));
        gate.Leave(succeeded: false);
        Assert.Equal(60, gate.Pause(null, 8).TotalSeconds);
        gate.Leave(succeeded: true);
        Assert.Equal(1, gate.Pause(null, 9).TotalSeconds);
    }

    [Fact]
    public async Task Calls_that_were_on_their_way_together_are_told_of_one_pause()
    {
        FakeTimeProvider time = new();
        EndpointThrottle gate = new(new Clock(time));
        int[] rounds = [await gate.EnterAsync(Observer, CancellationToken.None), await gate.EnterAsync(Observer, CancellationToken.None)];
        Assert.Equal([1, 1], rounds.Select(round => gate.Pause(null, round).TotalSeconds));
        time.Advance(TimeSpan.FromSeconds(2));
        gate.Leave(succeeded: false);
        gate.Leave(succeeded: false);
        Assert.Equal(2, gate.Pause(null, await gate.EnterAsync(Observer, CancellationToken.None)).TotalSeconds);
    }

    [Fact]
    public void Where_what_the_service_asked_for_was_not_enough_the_pauses_grow_too()
    {
        EndpointThrottle gate = new(new Clock(new FakeTimeProvider()));
        Assert.Equal([0, 1, 2, 4, 30], Enumerable.Range(0, 5).Select(round => gate.Pause(TimeSpan.FromSeconds(round == 4 ? 30 : 0), round).TotalSeconds));
        gate.Leave(succeeded: true);
        Assert.Equal(0, gate.Pause(TimeSpan.Zero, 5).TotalSeconds);
    }

    [Fact]
    public async Task A_shorter_pause_does_not_end_a_longer_one()
    {
        FakeTimeProvider time = new();
        EndpointThrottle gate = new(new Clock(time));
        gate.Pause(TimeSpan.FromSeconds(60), 0);
        gate.Pause(TimeSpan.FromSeconds(1), 0);
        Task entering = gate.EnterAsync(Observer, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(entering.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        await entering;
    }

    [Fact]
    public void A_pause_of_nothing_holds_nobody()
    {
        EndpointThrottle gate = new(new Clock(new FakeTimeProvider()));
        gate.Pause(TimeSpan.Zero, 0);
        Assert.True(gate.EnterAsync(Observer, CancellationToken.None).IsCompletedSuccessfully);
        Assert.True(gate.EnterAsync(Observer, CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task After_a_pause_one_sets_out_and_with_each_round_of_successes_one_more_until_all_may()
    {
        FakeTimeProvider time = new();
        EndpointThrottle gate = new(new Clock(time));
        gate.Pause(TimeSpan.FromSeconds(1), 0);
        time.Advance(TimeSpan.FromSeconds(2));
        for (int width = 1; width <= 64; width++)
        {
            for (int i = 0; i < width; i++)
            {
                Task entering = gate.EnterAsync(Observer, CancellationToken.None);
                Assert.True(entering.IsCompletedSuccessfully, $"{i} of {width}");
            }

            Task tooMany = gate.EnterAsync(Observer, CancellationToken.None);
            Assert.False(tooMany.IsCompleted, $"one more than {width}");
            gate.Leave(succeeded: true);
            await tooMany;
            for (int i = 1; i < width; i++)
            {
                gate.Leave(succeeded: true);
            }

            // A failure is no success: it widens nothing.
            gate.Leave(succeeded: false);
        }

        // Then there is no limit any more.
        for (int i = 0; i < 200; i++)
        {
            Assert.True(gate.EnterAsync(Observer, CancellationToken.None).IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task Who_waits_for_a_place_can_go_and_the_next_gets_it()
    {
        FakeTimeProvider time = new();
        EndpointThrottle gate = new(new Clock(time));
        gate.Pause(TimeSpan.FromSeconds(1), 0);
        time.Advance(TimeSpan.FromSeconds(2));
        await gate.EnterAsync(Observer, CancellationToken.None);
        using CancellationTokenSource cancel = new();
        Task goes = gate.EnterAsync(Observer, cancel.Token);
        Task stays = gate.EnterAsync(Observer, CancellationToken.None);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => goes);
        gate.Leave(succeeded: false);
        await stays;
    }

    [Fact]
    public void One_gate_serves_one_endpoint()
    {
        Assert.Same(EndpointThrottle.For(new("https://one.example/v1")), EndpointThrottle.For(new("https://ONE.example/v2")));
        Assert.NotSame(EndpointThrottle.For(new("https://one.example/")), EndpointThrottle.For(new("https://two.example/")));
    }

    [Fact]
    public async Task Who_waits_gets_every_place_that_comes()
    {
        FakeTimeProvider time = new();
        EndpointThrottle gate = new(new Clock(time));
        gate.Pause(TimeSpan.FromSeconds(1), 0);
        time.Advance(TimeSpan.FromSeconds(2));
        await gate.EnterAsync(Observer, CancellationToken.None);
        Task<int> one = gate.EnterAsync(Observer, CancellationToken.None);
        Task<int> other = gate.EnterAsync(Observer, CancellationToken.None);
        Assert.False(one.IsCompleted || other.IsCompleted);
        gate.Leave(succeeded: true);
        int[] rounds = await Task.WhenAll(one, other).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([1, 1], rounds);
    }
}
