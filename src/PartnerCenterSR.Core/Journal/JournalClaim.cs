using System;

namespace PartnerCenterSR.Core.Journal;

/// <summary>What the journal knows of an update of this run.</summary>
/// <param name="Key">What tells the update from all others, the same in every run.</param>
internal sealed record JournalClaim(JournalKey Key)
{
    /// <summary>Whether an earlier run has done it.</summary>
    public bool IsDone => DoneAt is not null;

    /// <summary>When an earlier run has done it. Null: none has.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>How far an earlier run got. Null: it is new, or failed and is to be tried anew.</summary>
    public UnfinishedUpdate? Unfinished { get; init; }

    /// <summary>Why it must not be sent. Null: it may.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether what it is refused for may yet come: those behind it on its request are not sent either.</summary>
    public bool IsInTheWay { get; init; }
}
