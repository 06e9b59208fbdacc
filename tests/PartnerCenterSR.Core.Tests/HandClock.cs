using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Tests;

/// <summary>A clock that goes on only where something waits, or where a test says so; what runs beside does so when a test lets it.</summary>
internal sealed class HandClock(HandClock.Hands hands) : Clock(hands)
{
    public HandClock()
        : this(new Hands())
    {
    }

    /// <summary>What was waited for.</summary>
    public List<TimeSpan> Delays { get; } = [];

    private readonly Queue<Action> _posted = new();

    public double Chance { get; set; } = 0.5;

    public Hands Face => hands;

    public override Task DelayAsync(TimeSpan delay, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Delays.Add(delay);
        hands.Pass(delay.TotalSeconds);
        return Task.CompletedTask;
    }

    /// <summary>Whether what is to run beside does so at once. Else it waits until a test says so.</summary>
    public bool RunsBeside { get; init; }

    public override void Post(Action work)
    {
        if (RunsBeside)
        {
            base.Post(work);
        }
        else
        {
            _posted.Enqueue(work);
        }
    }

    public void RunPosted()
    {
        while (_posted.Count > 0)
        {
            _posted.Dequeue()();
        }
    }

    public override double NextChance() => Chance;

    /// <summary>The two hands of a machine's clock: a machine that sleeps moves one of them, and its owner may set it back.</summary>
    internal sealed class Hands : TimeProvider
    {
        private long _steady;

        public DateTimeOffset Wall { get; set; } = new(2026, 1, 2, 12, 0, 7, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _steady;

        public override DateTimeOffset GetUtcNow() => Wall;

        public void Pass(double seconds)
        {
            Wall += TimeSpan.FromSeconds(seconds);
            _steady += TimeSpan.FromSeconds(seconds).Ticks;
        }
    }
}
