using System;
using System.Collections.Generic;

namespace PartnerCenterSR.Simulation;

/// <summary>Time, chance, and what happens next. All runs on one thread: a seed gives the same world again.</summary>
internal sealed class World(int seed)
{
    private readonly PriorityQueue<(Action Act, Func<bool>? IsAlive), (long At, long Order)> _events = new();
    private readonly List<Action> _ready = [];
    private long _order;

    public int Seed => seed;

    public Random Chance { get; } = new(seed);

    /// <summary>True time since the beginning, in ticks.</summary>
    public long Now { get; private set; }

    public DateTimeOffset Date => At(Now);

    /// <summary>Whether more goes on in it than one command and a service: in every fourth, so that those of the other seeds stay what they were.</summary>
    public bool IsCrowded => seed % 19 is 0 or 7 or 10 or 13 or 15;

    public static DateTimeOffset At(long time) => new DateTimeOffset(2026, 11, 2, 9, 0, 7, TimeSpan.Zero).AddTicks(time);

    public List<string> Story { get; } = [];

    public Census Census { get; } = new();

    public bool Happens(double probability) => Chance.NextDouble() < probability;

    public TimeSpan Seconds(double from, double to) => TimeSpan.FromSeconds(from + (Chance.NextDouble() * (to - from)));

    public T Pick<T>(params T[] items) => items[Chance.Next(items.Length)];

    public void Tell(string line) => Story.Add($"{TimeSpan.FromTicks(Now).TotalSeconds,9:0.000}  {line}");

    /// <summary>Something that is to happen at its time, if it still can then.</summary>
    public void After(TimeSpan delay, Action act, Func<bool>? isAlive = null) => _events.Enqueue((act, isAlive), (Now + Math.Max(0, delay.Ticks), ++_order));

    /// <summary>Something that is ready to run, in no order.</summary>
    public void Ready(Action act) => _ready.Add(act);

    /// <summary>All that a process had ready dies with it.</summary>
    public void ForgetReady() => _ready.Clear();

    /// <summary>Time goes on while a machine sleeps.</summary>
    public void Advance(TimeSpan time) => Now += time.Ticks;

    /// <summary>Does one thing.</summary>
    /// <returns>False: there is nothing more.</returns>
    public bool Step()
    {
        if (_ready.Count > 0)
        {
            int index = Chance.Next(_ready.Count);
            Action act = _ready[index];
            _ready.RemoveAt(index);
            act();
            return true;
        }

        if (!_events.TryDequeue(out (Action Act, Func<bool>? IsAlive) next, out (long At, long Order) when))
        {
            return false;
        }

        Now = Math.Max(Now, when.At);
        if (next.IsAlive?.Invoke() != false)
        {
            next.Act();
        }

        return true;
    }
}
