using System;

namespace PartnerCenterSR.Simulation;

/// <summary>How it is drawn.</summary>
internal sealed partial record Unkindness
{
    private static Unkindness Crowd(World world, Unkindness drawn) => drawn with
    {
        IsCrowded = true,
        SlowestAnswer = world.Pick(0.0, 0, 3, 20),
        Copies = drawn.HasFrozenCopy ? 0 : world.Pick(0.0, 0, 0.3),
        AsksForPauses = world.Happens(0.3),
        Jump = world.Happens(0.7) ? drawn.Jump : (world.Seconds(0, 60).TotalSeconds, world.Seconds(10, 600).TotalSeconds, world.Pick(-30, -8, -4, 4, 6, 8, 20, 3600)),
        NoteSkew = world.Pick(drawn.NoteSkew, drawn.NoteSkew, TimeSpan.FromSeconds(3.5), TimeSpan.FromSeconds(-3.5)),
    };

    public static Unkindness Draw(World world)
    {
        if (world.Happens(0.05))
        {
            world.Census.Count("world: kind");
            bool losesOne = world.Seed % 3 == 1;
            return new() { IsKind = true, AnswersWithBody = world.Happens(0.5), LosesOne = losesOne, SlowestAnswer = losesOne ? 2.7 : 0 };
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
        drawn = world.IsCrowded ? Crowd(world, drawn) : drawn;
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

    /// <summary>One that may last longer than a connection waits, in some worlds. Null: in the others.</summary>
    private static (double From, double To)? LongOutage(int seed) => seed % 13 == 5 ? (seed % 23, (seed % 23) + 100 + (seed % 307)) : null;

    /// <summary>In some worlds.</summary>
    private static (double From, double To, double Seconds) AJump(int seed) => seed % 17 != 6 ? default
        : (seed / 17 % 31, (seed / 17 % 31) + 1 + (seed / 17 % 89), new[] { 10, -10, 90, -90, 3600, -3600, 80_000 }[seed / 17 % 7]);
}
