namespace PartnerCenterSR;

/// <summary>How an update ended.</summary>
public enum UpdateOutcome
{
    /// <summary>It may be there or not: the run ended before it was known. A run with the same journal settles it.</summary>
    Unknown,

    /// <summary>It is there.</summary>
    Succeeded,

    /// <summary>It is not there, and <see cref="JournalEntry.ErrorId"/> says why.</summary>
    Failed,

    /// <summary>The request was as asked before: nothing was sent.</summary>
    Unchanged,
}
