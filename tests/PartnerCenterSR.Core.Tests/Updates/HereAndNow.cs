using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What is posted, completed or cancelled goes on here and now.</summary>
internal sealed class HereAndNow(TimeProvider time) : Clock(time)
{
    /// <summary>Kept: a timer that nobody holds is collected, and then its time never comes.</summary>
    private readonly List<ITimer> _timers = [];

    public override Task DelayAsync(TimeSpan delay, CancellationToken cancellation)
    {
        if (Whole(delay) == TimeSpan.Zero || cancellation.IsCancellationRequested)
        {
            return cancellation.IsCancellationRequested ? Task.FromCanceled(cancellation) : Task.CompletedTask;
        }

        TaskCompletionSource<bool> end = new();
        _timers.Add(Time.CreateTimer(_ => end.TrySetResult(true), null, Whole(delay), Timeout.InfiniteTimeSpan));
        cancellation.Register(() => end.TrySetCanceled(cancellation));
        return end.Task;
    }

    public override void Post(Action work) => work();

    public override TaskCompletionSource<bool> NewSignal() => new();

    public override IWorker NewWorker() => new AtOnce();

    public override double NextChance() => 0.5;

    private sealed class AtOnce : IWorker
    {
        public void Post(Action work) => work();

        public void Dispose()
        {
        }
    }
}
