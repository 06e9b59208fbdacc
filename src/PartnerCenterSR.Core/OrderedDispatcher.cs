using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core;

/// <summary>
/// Runs work on items side by side, begun in the order of the items, and gives the results in that order. Bounded: it takes no more
/// items than it may hold. One thread posts and takes; the work runs elsewhere.
/// </summary>
/// <param name="capacity">How many items it holds.</param>
/// <param name="run">The work on an item.</param>
/// <param name="changed">Called from any thread when the result that is next in order has come.</param>
/// <param name="clock">Who runs what is posted.</param>
internal sealed class OrderedDispatcher<TItem, TResult>(int capacity, Func<TItem, Task<TResult>> run, Action changed, Clock clock)
{
    private readonly Queue<Slot> _inOrder = new();
    private readonly ConcurrentQueue<Slot> _toBegin = new();
    private readonly TaskCompletionSource<bool> _idle = clock.NewSignal();
    private bool _isClosed;
    private int _running = 1;
    private int _notBegun;
    private long _posted;
    private long _next = 1;

    /// <summary>How many items have no result taken yet.</summary>
    public int Outstanding => _inOrder.Count;

    public bool IsFull => _inOrder.Count >= capacity;

    public void Post(TItem item)
    {
        Slot slot = new(item, ++_posted);
        _inOrder.Enqueue(slot);
        Interlocked.Increment(ref _running);
        _toBegin.Enqueue(slot);
        if (Interlocked.Increment(ref _notBegun) == 1)
        {
            clock.Post(Begin);
        }
    }

    /// <summary>Takes the next result in order, if it is there.</summary>
    /// <exception cref="OperationCanceledException">The work on it was cancelled, or not begun.</exception>
    public bool TryTake(out TResult result)
    {
        if (_inOrder.Count > 0 && _inOrder.Peek() is { IsDone: true } first)
        {
            _inOrder.Dequeue();
            Volatile.Write(ref _next, _next + 1);
            Interlocked.MemoryBarrier();
            result = first.Work!.GetAwaiter().GetResult();
            return true;
        }

        result = default!;
        return false;
    }

    /// <summary>What has not been taken, in order; without a result where it is not there.</summary>
    public IReadOnlyList<(TItem Item, TResult? Result)> Left() =>
        [.. _inOrder.Select(slot => (slot.Item, slot is { IsDone: true, Work.Status: TaskStatus.RanToCompletion } ? slot.Work.Result : default))];

    /// <summary>To be called when nothing is posted any more.</summary>
    /// <returns>Ends when nothing runs any more.</returns>
    public Task WhenIdleAsync()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            Ended();
        }

        return _idle.Task;
    }

    /// <summary>One thread begins one item after the other: none begins before those that stand before it, and no thread waits for another.</summary>
    private void Begin()
    {
        do
        {
            _ = _toBegin.TryDequeue(out Slot? slot) ? RunAsync(slot) : Task.CompletedTask;
        }
        while (Interlocked.Decrement(ref _notBegun) > 0);
    }

    private async Task RunAsync(Slot slot)
    {
        slot.Work = run(slot.Item);
        try
        {
            await slot.Work.ConfigureAwait(false);
        }
        catch
        {
            // Whoever takes the result meets the exception.
        }

        slot.IsDone = true;

        // The taker, once at it, takes all that are done: whoever comes later needs no word.
        Interlocked.MemoryBarrier();
        if (slot.Number == Volatile.Read(ref _next))
        {
            changed();
        }

        Ended();
    }

    private void Ended()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            clock.Complete(_idle);
        }
    }

    private sealed class Slot(TItem item, long number)
    {
        private volatile bool _isDone;

        public TItem Item { get; } = item;

        public long Number { get; } = number;

        public Task<TResult>? Work { get; set; }

        public bool IsDone
        {
            get => _isDone;
            set => _isDone = value;
        }
    }
}
