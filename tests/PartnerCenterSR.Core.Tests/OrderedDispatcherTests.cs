using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace PartnerCenterSR.Core.Tests;

public sealed class OrderedDispatcherTests
{
    [Fact]
    public void Results_come_in_order_lanes_run_one_at_a_time_and_the_width_is_kept()
    {
        int running = 0;
        int most = 0;
        ConcurrentDictionary<int, int> inLane = new();
        using SemaphoreSlim news = new(0);
        OrderedDispatcher<int, int> runner = new(
            5,
            item => (item % 7).ToString(System.Globalization.CultureInfo.InvariantCulture),
            async item =>
            {
                Assert.Equal(1, inLane.AddOrUpdate(item % 7, 1, (_, count) => count + 1));
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                inLane.AddOrUpdate(item % 7, 0, (_, count) => count - 1);
                return item;
            },
            () => news.Release());
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
        Assert.InRange(most, 1, 5);

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
    public void It_takes_no_more_than_it_may_hold()
    {
        TaskCompletionSource never = new();
        OrderedDispatcher<int, int> runner = new(4, _ => null, async item => { await never.Task; return item; }, () => { });
        int posted = 0;
        for (; !runner.IsFull; posted++)
        {
            runner.Post(posted);
        }

        Assert.InRange(posted, 4, 300);
        Assert.False(runner.TryTake(out _));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
