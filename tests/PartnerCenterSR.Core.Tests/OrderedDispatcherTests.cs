using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

public sealed class OrderedDispatcherTests
{
    private static readonly Clock Clock = new(TimeProvider.System);

    [Fact]
    public void Results_come_in_order()
    {
        using SemaphoreSlim news = new(0);
        OrderedDispatcher<int, int> runner = new(
            50,
            async item =>
            {
                await Task.Yield();
                return item;
            },
            () => news.Release(),
            Clock);
        List<int> results = [];
        for (int i = 0; i < 2000; i++)
        {
            while (runner.IsFull)
            {
                Take();
            }

            runner.Post(i);
        }

        while (runner.Outstanding > 0)
        {
            Take();
        }

        Assert.Equal(Enumerable.Range(0, 2000), results);

        void Take()
        {
            if (runner.TryTake(out int result))
            {
                results.Add(result);
            }
            else
            {
                news.Wait(50);
            }
        }
    }

    [Fact]
    public async Task It_takes_no_more_than_it_may_hold_and_tells_when_nothing_runs()
    {
        TaskCompletionSource end = new();
        OrderedDispatcher<int, int> runner = new(4, async item => { await end.Task; return item; }, () => { }, Clock);
        int posted = 0;
        for (; !runner.IsFull; posted++)
        {
            runner.Post(posted);
        }

        Assert.Equal(4, posted);
        Assert.False(runner.TryTake(out _));
        Task idle = runner.WhenIdleAsync();
        Assert.False(idle.IsCompleted);
        end.SetResult();
        await idle;
        Assert.True(runner.TryTake(out int first));
        Assert.Equal(0, first);
    }

    [Fact]
    public async Task What_fails_is_told_in_its_turn()
    {
        OrderedDispatcher<int, int> runner = new(4, item => item == 1 ? Task.FromException<int>(new InvalidOperationException("of one")) : Task.FromResult(item), () => { }, Clock);
        runner.Post(0);
        runner.Post(1);
        await runner.WhenIdleAsync();
        Assert.True(runner.TryTake(out _));
        Assert.Throws<InvalidOperationException>(() => runner.TryTake(out _));
        Assert.Equal(0, runner.Outstanding);
    }

    [Fact]
    public void Word_is_given_when_the_next_in_order_has_come_and_only_then()
    {
        // Without a context, what waits for the work goes on within SetResult.
        SynchronizationContext.SetSynchronizationContext(null);
        ByHand clock = new();
        TaskCompletionSource<int>[] work = [new(), new(), new()];
        int told = 0;
        OrderedDispatcher<int, int> runner = new(4, item => work[item].Task, () => told++, clock);
        for (int i = 0; i < 3; i++)
        {
            runner.Post(i);
            clock.Posted[i]();
        }

        work[1].SetResult(1);
        Assert.Equal(0, told);
        work[0].SetResult(0);
        Assert.Equal(1, told);
        Assert.True(runner.TryTake(out _));
        Assert.True(runner.TryTake(out _));
        work[2].SetResult(2);
        Assert.Equal(2, told);
    }

    [Fact]
    public void One_thread_begins_the_work_in_order_and_all_that_is_posted_meanwhile()
    {
        ByHand clock = new();
        List<int> begun = [];
        OrderedDispatcher<int, int> runner = null!;
        runner = new(8, Begin, () => { }, clock);
        for (int i = 0; i < 3; i++)
        {
            runner.Post(i);
        }

        Assert.Empty(begun);
        Assert.Single(clock.Posted)();
        Assert.Equal([0, 1, 2, 3], begun);
        runner.Post(4);
        clock.Posted[1]();
        Assert.Equal(4, begun[^1]);

        Task<int> Begin(int item)
        {
            begun.Add(item);
            if (item == 0)
            {
                runner.Post(3);
            }

            return Task.FromResult(item);
        }
    }

    [Fact]
    public void Asked_twice_it_waits_for_the_last_all_the_same()
    {
        ByHand clock = new();
        OrderedDispatcher<int, int> runner = new(4, item => Task.FromResult(item), () => { }, clock);
        runner.Post(0);
        Task idle = runner.WhenIdleAsync();
        Assert.Same(idle, runner.WhenIdleAsync());
        Assert.False(idle.IsCompleted);
        clock.Posted[0]();
        Assert.True(idle.IsCompletedSuccessfully);
    }

    /// <summary>What is to run beside runs when a test says so, in whatever order.</summary>
    private sealed class ByHand() : Clock(TimeProvider.System)
    {
        public List<Action> Posted { get; } = [];

        public override void Post(Action work) => Posted.Add(work);
    }
}
