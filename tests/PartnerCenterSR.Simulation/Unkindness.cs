using System;

namespace PartnerCenterSR.Simulation;

/// <summary>What one world's service, network, machine and people are like. All of it is legal.</summary>
internal sealed record Unkindness
{
    public static TimeSpan SettleTime { get; } = TimeSpan.FromSeconds(30);

    public bool IsKind { get; init; }

    public double Faults { get; init; }

    public bool AnswersWithBody { get; init; }

    public bool HonoursRequestIds { get; init; }

    public bool SendsDate { get; init; } = true;

    /// <summary>How far the dates of notes are off the service's Date. So the next.</summary>
    public TimeSpan NoteSkew { get; init; }

    public TimeSpan ChangeSkew { get; init; }

    /// <summary>What the service makes of texts.</summary>
    public string Rewriting { get; init; } = "none";

    /// <summary>How old a shown copy may be. With <see cref="LongestLate"/> less than the settle time: beyond it nothing can be told.</summary>
    public double LongestStale { get; init; }

    public double LongestLate { get; init; }

    /// <summary>When nothing is answered, in seconds from the beginning.</summary>
    public (double From, double To) Outage { get; init; }

    /// <summary>Whether a copy answers at times that has stood still since the beginning; only where something is known that it does not show.</summary>
    public bool HasFrozenCopy { get; init; }

    /// <summary>Whether the outage is all that is unkind.</summary>
    public bool HasOutageOnly { get; init; }

    /// <summary>The request of which no update succeeds. Null: none.</summary>
    public string? PoisonedId { get; init; }

    public bool LeavesNotesOut { get; init; }

    public double OtherHands { get; init; }

    public double Parts { get; init; }

    /// <summary>Whether it reads states as numbers only, although it shows words.</summary>
    public bool ReadsNumbers { get; init; }

    /// <summary>Between which seconds from the beginning its Date, and only that, is off by so much: another of its machines answers.</summary>
    public (double From, double To, double Seconds) Jump { get; init; }

    /// <summary>Whether it asks for pauses of any length when it fails or refuses.</summary>
    public bool AsksForPauses { get; init; }

    /// <summary>One that may last longer than a connection waits, in some worlds. Null: in the others.</summary>
    private static (double From, double To)? LongOutage(int seed) => seed % 13 == 5 ? (seed % 23, (seed % 23) + 100 + (seed % 307)) : null;

    /// <summary>In some worlds.</summary>
    private static (double From, double To, double Seconds) AJump(int seed) => seed % 17 != 6 ? default
        : (seed / 17 % 31, (seed / 17 % 31) + 1 + (seed / 17 % 89), new[] { 10, -10, 90, -90, 3600, -3600, 80_000 }[seed / 17 % 7]);

    /// <summary>What the service gives as its time in a world, in whole seconds. Null: nothing.</summary>
    public DateTimeOffset? Shown(World world, DateTimeOffset date)
    {
        double elapsed = TimeSpan.FromTicks(world.Now).TotalSeconds;
        DateTimeOffset shown = date.AddSeconds(elapsed >= Jump.From && elapsed < Jump.To ? Jump.Seconds : 0);
        return SendsDate ? shown.AddTicks(-(shown.Ticks % TimeSpan.TicksPerSecond)) : null;
    }

    public static Unkindness Draw(World world)
    {
        if (world.Happens(0.05))
        {
            world.Census.Count("world: kind");
            return new() { IsKind = true, AnswersWithBody = world.Happens(0.5) };
        }

        if (world.Happens(0.04))
        {
            world.Census.Count("world: outage only");
            return new() { HasOutageOnly = true, AnswersWithBody = world.Happens(0.5), Outage = (world.Seconds(0, 0.3).TotalSeconds, world.Seconds(5, 170).TotalSeconds) };
        }

        if (world.Happens(0.03))
        {
            world.Census.Count("world: one poisoned request");
            return new() { PoisonedId = "1000000001", AnswersWithBody = world.Happens(0.5) };
        }

        TimeSpan skew = world.Happens(0.5) ? TimeSpan.Zero : world.Pick(
            TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(-6), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(-10), TimeSpan.FromHours(8), TimeSpan.FromHours(-8));
        bool hasFrozenCopy = world.Happens(0.1);
        Unkindness drawn = new()
        {
            HasFrozenCopy = hasFrozenCopy,
            Faults = world.Pick(0.1, 0.3, 0.6),
            AnswersWithBody = world.Happens(0.5),
            HonoursRequestIds = world.Happens(0.3),
            SendsDate = world.Happens(0.9),
            NoteSkew = skew,
            ChangeSkew = world.Happens(0.7) ? skew : TimeSpan.Zero,
            Rewriting = world.Happens(0.5) ? "none" : world.Pick("entities", "blanks", "decomposed", "cut", "surrogates"),
            LongestStale = world.Happens(0.4) ? 8 : 0,
            LongestLate = world.Pick(0.0, 5, 20),
            Outage = LongOutage(world.Seed) ?? (world.Happens(0.1) ? (world.Seconds(0, 5).TotalSeconds, world.Seconds(5, 60).TotalSeconds) : default),
            LeavesNotesOut = world.Happens(0.08),
            OtherHands = !hasFrozenCopy && world.Happens(0.5) ? 0.5 : 0,
            Parts = world.Happens(0.4) ? 0.5 : 0,

            // By the seed and no chance of its own: the worlds of earlier seeds stay what they were.
            ReadsNumbers = world.Seed % 7 == 3,
            AsksForPauses = world.Seed % 11 == 4,
            Jump = AJump(world.Seed),
        };
        world.Census.Count("rewriting: " + drawn.Rewriting);
        world.Census.Count(drawn.NoteSkew == TimeSpan.Zero ? "dates: kept" : "dates: off");
        if (drawn.Jump.Seconds != 0)
        {
            world.Census.Count("dates: Date jumps");
        }

        if (!drawn.SendsDate)
        {
            world.Census.Count("dates: no Date header");
        }

        return drawn;
    }
}
