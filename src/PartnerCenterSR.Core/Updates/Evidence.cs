using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Updates;

/// <summary>
/// Judges an open update by the request read back. Both verdicts need positive evidence; the table is in
/// docs/about/about_PartnerCenterSR_Bulk.md, the reasons are in docs/decisions/0002-exactly-once.md. No clock of its own.
/// </summary>
internal sealed partial record Evidence
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

    /// <summary>What was certainly there before that, the answer shows: it is no older. Null: that is not known.</summary>
    public DateTimeOffset? ShownUntil { get; init; }

    /// <summary>What was told in this process before that, by this machine's steady clock, the answer shows. Null: that is not known.</summary>
    public DateTimeOffset? ToldUntil { get; init; }

    /// <summary>Before that no note of ours is dated, by the notes that were seen fresh and this machine's steady clock. Null: none was.</summary>
    public DateTimeOffset? NotesFrom { get; init; }

    /// <summary>The same of changes.</summary>
    public DateTimeOffset? ChangesFrom { get; init; }

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
            (Verdict.Applied, Verdict.Applied) when asked.Note is null && !IsSettledEnough && !WereFieldsSet => (Verdict.Undecided, fields),
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
        List<FoundNote> notes = [.. Dated(Found.Notes)];
        (IReadOnlyList<FoundNote> least, _) = WithoutKnown(notes, wanted, isNewestFirst: true);
        (IReadOnlyList<FoundNote> most, bool isWhole) = WithoutKnown(notes, wanted, isNewestFirst: false);
        int others = Has(CertaintyRules.KnownNotes) ? Known.Count(known => !known.IsConfirmed && known.Hash == wanted) : 0;
        FoundNote[] fresh = [.. least.Where(found => found.Hash == wanted && IsFresh(found.Date, NotesFrom))];
        if (fresh.Length > others)
        {
            // Where more may be ours, by either way of counting, nobody knows which is.
            date = others == 0 && MayBeOurs(least) == 1 && MayBeOurs(most) == 1 ? fresh[0].Date : null;
            return Verdict.Applied;
        }

        bool mayBeThere = most.Any(found => (found.Hash == wanted || Has(CertaintyRules.UnaccountedNotes)) && !IsOld(found.Date, NotesKeepToClock, NotesFrom))
            || (Found.NewNote is { } last && HashOf(last.Text) == wanted && !IsOld(DateOf(last), NotesKeepToClock, NotesFrom))
            || Found.HasOddNotes || (!isWhole && Has(CertaintyRules.StaleAnswers));
        return mayBeThere || !IsSettledEnough ? Verdict.Undecided : Verdict.NotApplied;

        int MayBeOurs(IReadOnlyList<FoundNote> left) => left.Count(found => found.Hash == wanted && !IsOld(found.Date, NotesKeepToClock, NotesFrom));
    }

    private Verdict JudgeFields(ServiceRequestChanges fields) =>
        fields.AreFieldsIn(Found) ? Verdict.Applied
        : Has(CertaintyRules.OtherHands) && !IsOld(Found.LastModifiedAt, ChangesKeepToClock, ChangesFrom) ? Verdict.Undecided
        : IsSettledEnough ? Verdict.NotApplied : Verdict.Undecided;

    /// <summary>The status is not as asked, although the note came, and the note is the last change: nobody's hand was there after it.</summary>
    private bool IsOurChangeTheLast(DateTimeOffset? noteDate) => !Has(CertaintyRules.OtherHands) || (noteDate is not null && Found.LastModifiedAt == noteDate);

    /// <summary>The fields were as asked before the update was sent: nothing says that any part of it came.</summary>
    private bool WereFieldsThere => IsOld(Found.LastModifiedAt, ChangesKeepToClock, ChangesFrom);

    /// <summary>Something was changed since: where nothing was, the fields may be as asked by what was before, and the update may come behind a later one.</summary>
    private bool WereFieldsSet => IsFresh(Found.LastModifiedAt, ChangesFrom);

    private bool IsSettledEnough => (IsSettled && !(ReadAt < SettledFrom - ServiceClock.Skew)) || !Has(CertaintyRules.Settled);

    /// <summary>Whether something was certainly there before the update was sent.</summary>
    private bool IsOld(DateTimeOffset? date, bool isProven, DateTimeOffset? from) => Has(CertaintyRules.TrustedDates) ? IsBefore(date, SentAt, isProven) && !(date >= from) : date < SentAt - ServiceClock.Skew;

    /// <summary>Whether something was certainly there before a time of the service's clock. An unknown time is before nothing.</summary>
    private bool IsBefore(DateTimeOffset? date, DateTimeOffset? time, bool isProven) =>
        !IsClockContradicted && ReadAt is not null && date < time - (isProven ? ServiceClock.Skew : ServiceClock.UnprovenSkew);

    /// <summary>Whether something certainly came after a time of the service's clock. An unknown time is after nothing.</summary>
    private bool IsAfter(DateTimeOffset? date, DateTimeOffset? time) =>
        !IsClockContradicted && ReadAt is not null && date > time + (NotesKeepToClock ? ServiceClock.Skew : ServiceClock.UnprovenSkew);

    /// <summary>Whether something is dated in the time in which ours must have come.</summary>
    private bool IsFresh(DateTimeOffset? date, DateTimeOffset? from) => !Has(CertaintyRules.TrustedDates) ? date >= SentAt - ServiceClock.Skew
        : !IsClockContradicted && (FreshFrom ?? SentAt) is { } sent && date >= sent - ServiceClock.Skew && !(date < from) && date <= ReadAt + ServiceClock.Skew;

    private IEnumerable<FoundNote> Dated(IEnumerable<ServiceRequestNote> notes) => notes.Select(found => new FoundNote(HashOf(found.Text), DateOf(found)));

    /// <summary>Older than the request that it is on: that is no date.</summary>
    private DateTimeOffset? DateOf(ServiceRequestNote note) => note.CreatedAt < Found.CreatedAt - ServiceClock.UnprovenSkew ? null : note.CreatedAt;

    private bool Has(CertaintyRules rule) => (Rules & rule) != 0;

    private long HashOf(string text) => Has(CertaintyRules.NormalForm) ? NoteText.Hash(text) : BitConverter.ToInt64(StableHash.Of(text).ToByteArray(), 0);

    private readonly record struct FoundNote(long Hash, DateTimeOffset? Date);
}
