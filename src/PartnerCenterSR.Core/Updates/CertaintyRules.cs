using System;

namespace PartnerCenterSR.Core.Updates;

/// <summary>The rules by which an open update is judged. All hold; a simulation leaves one out to see that it is missed.</summary>
[Flags]
internal enum CertaintyRules
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Only when the settle time has passed is a change that is not seen not there.</summary>
    Settled = 1,

    /// <summary>An answer without notes says nothing of notes.</summary>
    NotesRead = 2,

    /// <summary>A note of any text that nothing accounts for may be ours.</summary>
    UnaccountedNotes = 4,

    /// <summary>Dates that were not seen kept, or were seen not kept, prove little or nothing.</summary>
    TrustedDates = 8,

    /// <summary>A note that another update accounts for is not ours.</summary>
    KnownNotes = 16,

    /// <summary>A request that was changed since by another hand is not changed again.</summary>
    OtherHands = 32,

    /// <summary>Of an update that landed by half, the rest is sent.</summary>
    HalfApplied = 64,

    /// <summary>An update waits for the one before it on its request, and goes only where that one may be left behind.</summary>
    Order = 128,

    /// <summary>What nobody foresaw says nothing of whether the service acted.</summary>
    Unforeseen = 256,

    /// <summary>Notes that are certainly there and are not shown: the answer is older than they are.</summary>
    StaleAnswers = 512,

    /// <summary>A note is compared in its normal form.</summary>
    NormalForm = 1024,

    /// <summary>All of them.</summary>
    All = 2047,
}
