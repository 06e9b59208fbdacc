using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using PartnerCenterSR.Core.Tests.Fuzz;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Properties;

/// <summary>The dispatcher against a model: a queue. Whatever the order in which work ends, fails or is cancelled.</summary>
public sealed class DispatcherProperties
{
    private const int Capacity = 6;
    private static readonly Clock Clock = new(TimeProvider.System);

    private enum Step
    {
        Post,
        End,
        Fail,
        Cancel,
        Take,
    }

    [Fact]
    public void Any_interleaving_gives_each_once_in_input_order() => Gen.Select(Gen.Enum<Step>(), Gen.Int[0, Capacity - 1]).Array[0, 60].Sample(steps =>
    {
        ConcurrentDictionary<int, TaskCompletionSource<int>> work = new();
        using SemaphoreSlim begun = new(0);
        int told = 0;
        OrderedDispatcher<int, int> dispatcher = new(
            Capacity,
            item =>
            {
                TaskCompletionSource<int> ending = work[item] = new();
                begun.Release();
                return ending.Task;
            },
            () => Interlocked.Increment(ref told),
            Clock);
        int posted = 0;
        List<int> open = [];
        List<string> expected = [];
        List<string> taken = [];
        Queue<(int Item, Func<string?> Result)> model = new();
        Dictionary<int, string> results = [];
        foreach ((Step step, int which) in steps)
        {
            switch (step)
            {
                case Step.Post when !dispatcher.IsFull:
                    int item = posted++;
                    dispatcher.Post(item);
                    begun.Wait();
                    open.Add(item);
                    model.Enqueue((item, () => results.GetValueOrDefault(item)));
                    break;
                case Step.End or Step.Fail or Step.Cancel when open.Count > 0:
                    End(step, open[which % open.Count]);
                    break;
                case Step.Take:
                    Take();
                    break;
            }

            Assert.Equal(model.Count, dispatcher.Outstanding);
            Assert.Equal(model.Count >= Capacity, dispatcher.IsFull);
        }

        while (open.Count > 0)
        {
            End(Step.End, open[^1]);
        }

        Assert.Equal(model.Select(slot => slot.Item), dispatcher.Left().Select(left => left.Item));
        while (model.Count > 0)
        {
            Take();
        }

        Assert.Equal(expected, taken);
        Assert.Equal(posted, taken.Count);
        Assert.True(dispatcher.WhenIdleAsync().Wait(TimeSpan.FromSeconds(30)));

        void End(Step how, int ended)
        {
            open.Remove(ended);
            results[ended] = how == Step.Cancel ? how.ToString() : $"{how} {ended}";
            TaskCompletionSource<int> ending = work[ended];
            _ = how switch
            {
                Step.End => ending.TrySetResult(ended),
                Step.Fail => ending.TrySetException(new InvalidOperationException($"{ended}")),
                _ => ending.TrySetCanceled(),
            };
        }

        void Take()
        {
            string? due = model.Count > 0 ? model.Peek().Result() : null;
            string? got = null;

            // It has ended; that the dispatcher knows may be a moment away.
            SpinWait.SpinUntil(() => (got = TryTake(dispatcher)) is not null || due is null, TimeSpan.FromSeconds(30));
            if (due is not null)
            {
                expected.Add(due);
                model.Dequeue();
            }

            taken.AddRange(got is null ? [] : new[] { got });
        }
    }, iter: Math.Min(Mutations.Tries, 20_000), threads: 1);

    private static string? TryTake(OrderedDispatcher<int, int> dispatcher)
    {
        try
        {
            return dispatcher.TryTake(out int result) ? $"{Step.End} {result}" : null;
        }
        catch (OperationCanceledException)
        {
            return Step.Cancel.ToString();
        }
        catch (InvalidOperationException error)
        {
            return $"{Step.Fail} {error.Message}";
        }
    }
}
