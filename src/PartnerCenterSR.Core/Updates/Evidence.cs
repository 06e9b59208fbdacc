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

    /// <summary>The same by the clock of the machine that sent it, which may be off by anything.</summary>
    public DateTimeOffset SentAtHere { get; init; }

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
            (Verdict.NotApplied, Verdict.Applied) when !fields.IsEmpty => (Verdict.PartlyApplied, new() { Note = asked.Note }),
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
        List<(long Hash, DateTimeOffset? Date)> left = [.. Found.Notes.Select(note => (HashOf(note.Text), (DateTimeOffset?)note.CreatedDate?.ToUniversalTime()))];
        bool isStale = Has(CertaintyRules.KnownNotes) && !TakeKnown(left, wanted);
        int others = Has(CertaintyRules.KnownNotes) ? Known.Count(known => !known.IsConfirmed && known.Hash == wanted) : 0;
        List<DateTimeOffset?> ours = [.. left.Where(note => note.Hash == wanted && !IsOld(note.Date, NotesKeepToClock)).Select(note => note.Date)];
        DateTimeOffset?[] fresh = [.. ours.Where(IsFresh)];
        if (fresh.Length > others)
        {
            date = fresh.Max();
            return Verdict.Applied;
        }

        bool mayBeThere = ours.Count > 0
            || (Has(CertaintyRules.UnaccountedNotes) && left.Any(note => !IsOld(note.Date, NotesKeepToClock)))
            || (isStale && Has(CertaintyRules.StaleAnswers));
        return mayBeThere || !IsSettledEnough ? Verdict.Undecided : Verdict.NotApplied;
    }

    private Verdict JudgeFields(ServiceRequestChanges fields) =>
        fields.AreFieldsIn(Found) ? Verdict.Applied
        : Has(CertaintyRules.OtherHands) && !IsOld(Found.LastModifiedDate?.ToUniversalTime(), ChangesKeepToClock) ? Verdict.Undecided
        : IsSettledEnough ? Verdict.NotApplied
        : Verdict.Undecided;

    /// <summary>Takes away what other updates account for.</summary>
    /// <returns>False: notes that are certainly there are not shown.</returns>
    private bool TakeKnown(List<(long Hash, DateTimeOffset? Date)> left, long wanted)
    {
        bool isWhole = true;
        foreach (KnownNote known in Known.Where(known => known.IsConfirmed || known.Hash != wanted))
        {
            int at = left.FindIndex(note => note.Hash == known.Hash && !(note.Date < known.SentAt - ServiceClock.Skew));
            at = at < 0 ? left.FindIndex(note => note.Hash == known.Hash) : at;
            if (at >= 0)
            {
                left.RemoveAt(at);
            }
            else if (known.IsConfirmed)
            {
                isWhole = false;
            }
        }

        return isWhole;
    }

    /// <summary>The status is not as asked, although the note came: by nobody's later hand.</summary>
    private bool IsOurChangeTheLast(DateTimeOffset? noteDate) => !Has(CertaintyRules.OtherHands)
        || (noteDate is not null && Found.LastModifiedDate is { } modified && modified.ToUniversalTime() <= noteDate + ServiceClock.Skew - TimeSpan.FromSeconds(3));

    private bool IsSettledEnough => IsSettled || !Has(CertaintyRules.Settled);

    /// <summary>Whether something was certainly there before the update was sent.</summary>
    private bool IsOld(DateTimeOffset? date, bool isProven)
    {
        if (!Has(CertaintyRules.TrustedDates))
        {
            return date < (SentAt ?? SentAtHere) - ServiceClock.Skew;
        }

        return !IsClockContradicted && ReadAt is not null
            && date < (isProven && SentAt is { } sent ? sent - ServiceClock.Skew : (SentAt ?? SentAtHere) - ServiceClock.UnprovenSkew);
    }

    /// <summary>Whether something is dated in the time in which ours must have come.</summary>
    private bool IsFresh(DateTimeOffset? date) => !Has(CertaintyRules.TrustedDates) ? date >= (SentAt ?? SentAtHere) - ServiceClock.Skew
        : !IsClockContradicted && SentAt is { } sent && date >= sent - ServiceClock.Skew && date <= ReadAt + ServiceClock.Skew;

    private bool Has(CertaintyRules rule) => (Rules & rule) != 0;

    private long HashOf(string text) => Has(CertaintyRules.NormalForm) ? NoteText.Hash(text) : BitConverter.ToInt64(StableHash.Of(text).ToByteArray(), 0);
}
