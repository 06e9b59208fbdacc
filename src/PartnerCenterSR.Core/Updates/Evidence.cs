using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Updates;

/// <summary>
/// Judges an open update by the request read back. Both verdicts need positive evidence; the table is in
/// docs/about/about_PartnerCenterSR_Bulk.md, the reasons are in docs/decisions/0002-exactly-once.md. No clock of its own.
/// </summary>
internal sealed record Evidence
{
    /// <summary>The request as read back.</summary>
    public ServiceRequest Found { get; init; } = null!;

    /// <summary>The service's clock when it was read. Null: the answer did not say.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>When the update was first sent, by the service's clock. Null: that is not known.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The same rather too late than too early: what is older may have been there before.</summary>
    public DateTimeOffset? FreshFrom { get; init; }

    /// <summary>When the settle time is over, by the service's clock: an answer from before, say a copy that somebody kept, shows nothing. Null: that is not known.</summary>
    public DateTimeOffset? SettledFrom { get; init; }

    /// <summary>Whether the settle time has passed since it was last sent.</summary>
    public bool IsSettled { get; init; }

    /// <summary>The notes of other updates on the request.</summary>
    public IReadOnlyList<KnownNote> Known { get; init; } = [];

    public bool NotesKeepToClock { get; init; }

    public bool ChangesKeepToClock { get; init; }

    /// <summary>Whether dates were seen that contradict the service's clock.</summary>
    public bool IsClockContradicted { get; init; }

    public CertaintyRules Rules { get; init; } = CertaintyRules.All;

    /// <param name="asked">What was asked for.</param>
    /// <returns>The verdict, and what of it is still to be sent where it is there by half.</returns>
    public (Verdict Verdict, ServiceRequestChanges Remaining) Judge(ServiceRequestChanges asked)
    {
        ServiceRequestChanges fields = asked with { Note = null };
        DateTimeOffset? noteDate = null;
        Verdict note = asked.Note is { } text ? JudgeNote(text, out noteDate) : Verdict.Applied;
        Verdict state = JudgeFields(fields);
        return (note, state) switch
        {
            (Verdict.Applied, Verdict.Applied) => (Verdict.Applied, new()),
            (Verdict.Applied, _) when asked.Note is null => (state, fields),
            (Verdict.Applied, _) when !Has(CertaintyRules.HalfApplied) => (Verdict.Applied, new()),
            (Verdict.Applied, _) when IsOurChangeTheLast(noteDate) => (IsSettled ? Verdict.PartlyApplied : Verdict.Undecided, fields),
            (Verdict.NotApplied, Verdict.Applied) when !fields.IsEmpty && !WereFieldsThere => (Verdict.PartlyApplied, new() { Note = asked.Note }),
            (Verdict.NotApplied, Verdict.Applied or Verdict.NotApplied) => (Verdict.NotApplied, asked),
            _ => (Verdict.Undecided, asked),
        };
    }

    private Verdict JudgeNote(string text, out DateTimeOffset? date)
    {
        date = null;
        if (Found.Notes is null)
        {
            return Has(CertaintyRules.NotesRead) ? Verdict.Undecided : Verdict.NotApplied;
        }

        long wanted = HashOf(text);
        List<FoundNote> notes = [.. Found.Notes.Select(found => new FoundNote(HashOf(found.Text), found.CreatedDate?.ToUniversalTime()))];
        (IReadOnlyList<FoundNote> least, _) = WithoutKnown(notes.OrderByDescending(found => found.Date ?? DateTimeOffset.MaxValue), wanted);
        (IReadOnlyList<FoundNote> most, bool isWhole) = WithoutKnown(notes.OrderBy(found => found.Date ?? DateTimeOffset.MaxValue), wanted);
        int others = Has(CertaintyRules.KnownNotes) ? Known.Count(known => !known.IsConfirmed && known.Hash == wanted) : 0;
        FoundNote[] fresh = [.. least.Where(found => found.Hash == wanted && IsFresh(found.Date))];
        if (fresh.Length > others)
        {
            date = fresh.Max(found => found.Date);
            return Verdict.Applied;
        }

        bool mayBeThere = most.Any(found => (found.Hash == wanted || Has(CertaintyRules.UnaccountedNotes)) && !IsOld(found.Date, NotesKeepToClock))
            || (!isWhole && Has(CertaintyRules.StaleAnswers));
        return mayBeThere || !IsSettledEnough ? Verdict.Undecided : Verdict.NotApplied;
    }

    private Verdict JudgeFields(ServiceRequestChanges fields) =>
        fields.AreFieldsIn(Found) ? Verdict.Applied
        : Has(CertaintyRules.OtherHands) && !IsOld(Found.LastModifiedDate?.ToUniversalTime(), ChangesKeepToClock) ? Verdict.Undecided
        : IsSettledEnough ? Verdict.NotApplied : Verdict.Undecided;

    /// <summary>Takes away what other updates account for: each takes the first that may be its own.</summary>
    /// <param name="notes">The newest first leaves what is there at least, the oldest first what may be there.</param>
    /// <param name="wanted">The note that is looked for.</param>
    /// <returns>What is left, and whether all is shown that is certainly there.</returns>
    private (IReadOnlyList<FoundNote> Left, bool IsWhole) WithoutKnown(IEnumerable<FoundNote> notes, long wanted)
    {
        List<FoundNote> left = [.. notes];
        bool isWhole = true;
        foreach (KnownNote known in Has(CertaintyRules.KnownNotes) ? Known.Where(known => known.IsConfirmed || known.Hash != wanted) : [])
        {
            // Sent after it was seen: the service's clock jumped in between.
            (DateTimeOffset? from, DateTimeOffset? to) = known.SentAt > known.SeenBy ? (known.SeenBy, known.SentAt) : (known.SentAt, known.SeenBy);
            int at = left.FindIndex(note => note.Hash == known.Hash && !IsBefore(note.Date, from, NotesKeepToClock) && !IsAfter(note.Date, to));
            if (at >= 0)
            {
                left.RemoveAt(at);
            }
            else if (known.IsConfirmed)
            {
                isWhole = false;
            }
        }

        return (left, isWhole);
    }

    /// <summary>The status is not as asked, although the note came, and the note is the last change: nobody's hand was there after it.</summary>
    private bool IsOurChangeTheLast(DateTimeOffset? noteDate) => !Has(CertaintyRules.OtherHands) || Found.LastModifiedDate?.ToUniversalTime() == noteDate;

    /// <summary>The fields were as asked before the update was sent: nothing says that any part of it came.</summary>
    private bool WereFieldsThere => IsOld(Found.LastModifiedDate?.ToUniversalTime(), ChangesKeepToClock);

    private bool IsSettledEnough => (IsSettled && !(ReadAt < SettledFrom - ServiceClock.Skew)) || !Has(CertaintyRules.Settled);

    /// <summary>Whether something was certainly there before the update was sent.</summary>
    private bool IsOld(DateTimeOffset? date, bool isProven) => Has(CertaintyRules.TrustedDates) ? IsBefore(date, SentAt, isProven) : date < SentAt - ServiceClock.Skew;

    /// <summary>Whether something was certainly there before a time of the service's clock. An unknown time is before nothing.</summary>
    private bool IsBefore(DateTimeOffset? date, DateTimeOffset? time, bool isProven) =>
        !IsClockContradicted && ReadAt is not null && date < time - (isProven ? ServiceClock.Skew : ServiceClock.UnprovenSkew);

    /// <summary>Whether something certainly came after a time of the service's clock. An unknown time is after nothing.</summary>
    private bool IsAfter(DateTimeOffset? date, DateTimeOffset? time) =>
        !IsClockContradicted && ReadAt is not null && date > time + (NotesKeepToClock ? ServiceClock.Skew : ServiceClock.UnprovenSkew);

    /// <summary>Whether something is dated in the time in which ours must have come.</summary>
    private bool IsFresh(DateTimeOffset? date) => !Has(CertaintyRules.TrustedDates) ? date >= SentAt - ServiceClock.Skew
        : !IsClockContradicted && (FreshFrom ?? SentAt) is { } sent && date >= sent - ServiceClock.Skew && date <= ReadAt + ServiceClock.Skew;

    private bool Has(CertaintyRules rule) => (Rules & rule) != 0;

    private long HashOf(string text) => Has(CertaintyRules.NormalForm) ? NoteText.Hash(text) : BitConverter.ToInt64(StableHash.Of(text).ToByteArray(), 0);

    private readonly record struct FoundNote(long Hash, DateTimeOffset? Date);
}
