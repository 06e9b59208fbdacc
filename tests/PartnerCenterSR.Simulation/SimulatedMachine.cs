using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PartnerCenterSR.Core;

namespace PartnerCenterSR.Simulation;

/// <summary>The clocks of one machine while one process lives on it.</summary>
internal sealed class MachineTime(World world, TimeSpan offset) : TimeProvider
{
    private long _slept;
    private TimeSpan _offset = offset;

    public bool IsAlive { get; private set; } = true;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => world.Date + _offset;

    public override long GetTimestamp() => world.Now - _slept;

    public void SetWall(TimeSpan offset) => _offset = offset;

    /// <summary>True time and the wall go on, the steady clock does not.</summary>
    public void Sleep(TimeSpan time)
    {
        world.Advance(time);
        _slept += time.Ticks;
    }

    public void Die() => IsAlive = false;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this, world, callback, state, dueTime);

    private sealed class Timer : ITimer
    {
        private readonly MachineTime _time;
        private readonly World _world;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private int _version;

        public Timer(MachineTime time, World world, TimerCallback callback, object? state, TimeSpan due)
        {
            (_time, _world, _callback, _state) = (time, world, callback, state);
            Change(due, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            int version = ++_version;
            if (dueTime >= TimeSpan.Zero)
            {
                Await(_time.GetTimestamp() + dueTime.Ticks, version);
            }

            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Await(long due, int version) => _world.After(TimeSpan.FromTicks(due - _time.GetTimestamp()), () =>
        {
            if (_time.GetTimestamp() < due)
            {
                // The machine slept meanwhile.
                Await(due, version);
                return;
            }

            _callback(_state);
        }, () => _time.IsAlive && version == _version);
    }
}

/// <summary>Who runs what is ready, and draws lots, on one machine.</summary>
internal sealed class SimulatedMachine(World world, MachineTime time) : Clock(time)
{
    // What runs a little later than it was completed.
    private readonly HashSet<TaskCompletionSource<bool>> _completed = [];

    public override async Task DelayAsync(TimeSpan delay, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        TaskCompletionSource over = new();
        using ITimer timer = time.CreateTimer(_ => over.TrySetResult(), null, Whole(delay), Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration registration = cancellation.Register(() => world.Ready(() => over.TrySetCanceled(cancellation)));
        await over.Task.ConfigureAwait(false);
    }

    public override void Post(Action work) => world.Ready(work);

    public override IWorker NewWorker() => new Worker(world);

    public override TaskCompletionSource<bool> NewSignal() => new();

    public override bool Complete(TaskCompletionSource<bool> signal)
    {
        if (signal.Task.IsCompleted || !_completed.Add(signal))
        {
            return false;
        }

        world.Ready(() => signal.TrySetResult(true));
        return true;
    }

    public override void Cancel(TaskCompletionSource<bool> signal, CancellationToken cancellation)
    {
        if (!_completed.Contains(signal))
        {
            signal.TrySetCanceled(cancellation);
        }
    }

    public override double NextChance() => world.Chance.NextDouble();

    private sealed class Worker(World world) : IWorker
    {
        public void Post(Action work) => world.Ready(work);

        public void Dispose()
        {
        }
    }
}
