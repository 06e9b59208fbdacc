using System;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core;

/// <summary>All time comes from here, and all chance, and all that runs beside: so that a simulation can stand in for a machine.</summary>
internal class Clock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _startTimestamp = time.GetTimestamp();
    private readonly Random _random = new();

    public TimeProvider Time => time;

    /// <summary>This machine's date, which within one process never jumps: differences are measured, not read off the calendar.</summary>
    public DateTimeOffset Now => _start + time.GetElapsedTime(_startTimestamp);

    /// <summary>This machine's date as its owner sees it: it may be set, and goes on while the machine sleeps.</summary>
    public DateTimeOffset WallNow => time.GetUtcNow();

    public virtual Task DelayAsync(TimeSpan delay, CancellationToken cancellation) =>
#if NET
        Task.Delay(Whole(delay), time, cancellation);
#else
        time.Delay(Whole(delay), cancellation);
#endif

    /// <summary>Is cancelled when the time has passed.</summary>
#if NET
    public CancellationTokenSource After(TimeSpan delay) => new(delay, time);
#else
    public CancellationTokenSource After(TimeSpan delay) => time.CreateCancellationTokenSource(delay);
#endif

    /// <summary>In whole milliseconds, rather too long: a part of one would be no wait at all.</summary>
    protected static TimeSpan Whole(TimeSpan delay) => delay > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)) : TimeSpan.Zero;

    /// <summary>Has something run, soon, on another thread.</summary>
    public virtual void Post(Action work) => ThreadPool.QueueUserWorkItem(static state => ((Action)state!)(), work);

    /// <summary>Someone for work that waits for the disk.</summary>
    public virtual IWorker NewWorker() => new ThreadWorker();

    /// <summary>Something to wait for; who waits does not run on the thread that completes it.</summary>
    public virtual TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <returns>False: who waited has gone.</returns>
    public virtual bool Complete(TaskCompletionSource<bool> signal) => signal.TrySetResult(true);

    /// <summary>Who waited waits no more, unless it has been completed.</summary>
    public virtual void Cancel(TaskCompletionSource<bool> signal, CancellationToken cancellation) => signal.TrySetCanceled(cancellation);

    /// <summary>A number from 0 to 1, for pauses that are not to fall together.</summary>
    public virtual double NextChance()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
}
