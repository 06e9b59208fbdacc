using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core;

/// <summary>
/// Runs work on items, several at once, and gives the results in the order of the items. Items of one partition run one after another.
/// Bounded: it takes no more items than it may hold. One thread posts and takes; the work runs elsewhere.
/// </summary>
/// <param name="maximumConcurrency">How many may run at once.</param>
/// <param name="partitionKey">The partition of an item. Null: it may run beside any other.</param>
/// <param name="run">The work. It must not throw but for cancellation.</param>
/// <param name="changed">Called from any thread when the result that is next in order has come.</param>
internal sealed class OrderedDispatcher<TItem, TResult>(int maximumConcurrency, Func<TItem, string?> partitionKey, Func<TItem, Task<TResult>> run, Action changed)
{
    private readonly object _lock = new();
    private readonly int _capacity = Math.Max(64, maximumConcurrency * 8);
    private readonly Queue<Slot> _inOrder = new();
    private readonly Queue<Slot> _ready = new();
    private readonly Dictionary<string, Queue<Slot>> _partitions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Task> _workers = [];
    private int _running;
    private long _posted;
    private long _next = 1;

    /// <summary>How many items have no result taken yet.</summary>
    public int Outstanding => _inOrder.Count;

    public bool IsFull => _inOrder.Count >= _capacity;

    public void Post(TItem item)
    {
        Slot slot = new(item, partitionKey(item), ++_posted);
        _inOrder.Enqueue(slot);
        lock (_lock)
        {
            if (slot.Partition is not null)
            {
                if (_partitions.TryGetValue(slot.Partition, out Queue<Slot>? behind))
                {
                    behind.Enqueue(slot);
                    return;
                }

                _partitions.Add(slot.Partition, new());
            }

            _ready.Enqueue(slot);
            if (_running < maximumConcurrency)
            {
                _running++;
                _workers.RemoveAll(worker => worker.IsCompleted);
                _workers.Add(Task.Run(WorkAsync));
            }
        }
    }

    /// <summary>Takes the next result in order, if it is there.</summary>
    /// <exception cref="OperationCanceledException">The work on it was cancelled.</exception>
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

    /// <summary>Ends when nothing runs any more.</summary>
    public Task WhenIdle()
    {
        lock (_lock)
        {
            return Task.WhenAll(_workers);
        }
    }

    /// <summary>Forgets what has not begun, so that the workers end with what they are at.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _ready.Clear();
            _partitions.Clear();
        }
    }

    private async Task WorkAsync()
    {
        while (Next() is { } slot)
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

            Release(slot);
            slot.IsDone = true;

            // The taker, once at it, takes all that are done: whoever comes later needs no word.
            Interlocked.MemoryBarrier();
            if (slot.Number == Volatile.Read(ref _next))
            {
                changed();
            }
        }
    }

    private Slot? Next()
    {
        lock (_lock)
        {
            if (_ready.Count > 0)
            {
                return _ready.Dequeue();
            }

            _running--;
            return null;
        }
    }

    private void Release(Slot slot)
    {
        if (slot.Partition is null)
        {
            return;
        }

        lock (_lock)
        {
            if (!_partitions.TryGetValue(slot.Partition, out Queue<Slot>? behind))
            {
                return;
            }

            if (behind.Count == 0)
            {
                _partitions.Remove(slot.Partition);
            }
            else
            {
                // This worker is about to look for more, so no other need be woken.
                _ready.Enqueue(behind.Dequeue());
            }
        }
    }

    private sealed class Slot(TItem item, string? partition, long number)
    {
        private volatile bool _isDone;

        public TItem Item { get; } = item;

        public string? Partition { get; } = partition;

        public long Number { get; } = number;

        public Task<TResult>? Work { get; set; }

        public bool IsDone
        {
            get => _isDone;
            set => _isDone = value;
        }
    }
}
