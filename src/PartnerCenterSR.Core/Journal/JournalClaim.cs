namespace PartnerCenterSR.Core.Journal;

/// <summary>What the journal knows of an update of this run.</summary>
/// <param name="Key">What tells the update from all others, the same in every run.</param>
/// <param name="IsDone">Whether an earlier run has done it.</param>
/// <param name="Unfinished">How far an earlier run got. Null: it is new, or failed and is to be tried anew.</param>
internal sealed record JournalClaim(JournalKey Key, bool IsDone, UnfinishedUpdate? Unfinished);
