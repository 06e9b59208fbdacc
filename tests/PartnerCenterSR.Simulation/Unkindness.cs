using System;

namespace PartnerCenterSR.Simulation;

/// <summary>What one world's service, network, machine and people are like. All of it is legal.</summary>
internal sealed partial record Unkindness
{
    public static TimeSpan SettleTime { get; } = TimeSpan.FromSeconds(30);

    public bool IsKind { get; init; }

    /// <summary>Whether more goes on than one command.</summary>
    public bool IsCrowded { get; init; }

    /// <summary>Whether one answer is lost on its way, and nothing else is wrong.</summary>
    public bool LosesOne { get; init; }

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

    /// <summary>How long an answer may take on its way, in seconds.</summary>
    public double SlowestAnswer { get; init; }

    /// <summary>How many of the readings somebody on the way answers with a copy, and says how old it is.</summary>
    public double Copies { get; init; }

    /// <summary>Whether it asks for pauses of any length when it fails or refuses.</summary>
    public bool AsksForPauses { get; init; }

    /// <summary>What the service gives as its time in a world, in whole seconds. Null: nothing.</summary>
    /// <param name="at">The time, in ticks from the beginning.</param>
    /// <param name="date">As what it is dated. Null: the time itself.</param>
    public DateTimeOffset? Shown(long at, DateTimeOffset? date = null)
    {
        double elapsed = TimeSpan.FromTicks(at).TotalSeconds;
        DateTimeOffset shown = (date ?? World.At(at)).AddSeconds(elapsed >= Jump.From && elapsed < Jump.To ? Jump.Seconds : 0);
        return SendsDate ? shown.AddTicks(-(shown.Ticks % TimeSpan.TicksPerSecond)) : null;
    }
}
