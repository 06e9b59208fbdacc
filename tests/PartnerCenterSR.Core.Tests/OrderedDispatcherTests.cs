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
}
