using System;
using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Core.Updates;

/// <summary>Which of the notes that are shown are other updates'.</summary>
internal sealed partial record Evidence
{
    /// <summary>Longer than a call mostly takes: of a twin that was sent so long before it was seen, others may have written as well meanwhile.</summary>
    private static readonly TimeSpan LongestSpan = TimeSpan.FromSeconds(10);

    /// <summary>Whether all is shown that is certainly there: what is not is older than that.</summary>
    public bool IsWhole => Found.Notes is { } notes && WithoutKnown(Dated(notes), 0, isNewestFirst: false).IsWhole;

    /// <summary>Whether a note of this text may be this update's: neither an older one nor what another put there.</summary>
    public bool MayShow(string text) => HashOf(text) is var wanted && WithoutKnown(Dated(Found.Notes ?? []), wanted, isNewestFirst: false).Left
        .Any(found => found.Hash == wanted && !IsOld(found.Date, NotesKeepToClock, NotesFrom));

    /// <summary>Takes away what other updates account for: as many as can be.</summary>
    /// <param name="notes">The newest first leaves what is there at least, the oldest first what may be there.</param>
    /// <param name="wanted">The note that is looked for.</param>
    /// <param name="isNewestFirst">Which of the two.</param>
    /// <returns>What is left, and whether all is shown that is certainly there.</returns>
    private (IReadOnlyList<FoundNote> Left, bool IsWhole) WithoutKnown(IEnumerable<FoundNote> notes, long wanted, bool isNewestFirst)
    {
        ILookup<long, KnownNote> known = (Has(CertaintyRules.KnownNotes) ? Known.Where(known => known.IsConfirmed || known.Hash != wanted) : []).ToLookup(known => known.Hash);
        List<FoundNote> left = [];
        bool isWhole = true;
        foreach (IGrouping<long, FoundNote> same in notes.GroupBy(note => note.Hash))
        {
            NoteOwners<FoundNote> owners = new(isNewestFirst
                ? same.OrderByDescending(found => found.Date ?? DateTimeOffset.MinValue)
                : same.OrderBy(found => found.Date ?? DateTimeOffset.MaxValue), IsOf);

            // Twins that were seen before ours left are served first, with what cannot be ours.
            owners.Serve(InOrder(known[same.Key].Where(one => isNewestFirst && IsBeforeOurs(one, wanted))), note => IsFresh(note.Date, NotesFrom) || note.Date is null);
            owners.Serve(InOrder(known[same.Key].Where(one => one.IsConfirmed && (isNewestFirst ? !IsBeforeOurs(one, wanted) : !MayNotBeShown(one, wanted)))));

            // An answer may be older than a twin that came lately: then what it shows may be ours.
            FoundNote[]? mayBeOurs = !isNewestFirst && same.Key == wanted ? [.. owners.Left] : null;
            owners.Serve(InOrder(known[same.Key].Where(one => one.IsConfirmed && !isNewestFirst && MayNotBeShown(one, wanted))));
            isWhole &= owners.HaveAll;
            owners.Serve(InOrder(known[same.Key].Where(one => !one.IsConfirmed)));
            left.AddRange(mayBeOurs ?? owners.Left);
        }

        HashSet<long> shown = [.. notes.Select(note => note.Hash)];
        return (left, isWhole && known.All(same => shown.Contains(same.Key) || same.All(one => !one.IsConfirmed)));

        // The one that has the least choice: so none takes what only another can.
        IEnumerable<KnownNote> InOrder(IEnumerable<KnownNote> some) => isNewestFirst
            ? some.OrderByDescending(one => Span(one).From ?? DateTimeOffset.MinValue) : some.OrderBy(one => Span(one).To ?? DateTimeOffset.MaxValue);
    }

    /// <summary>Whether it is a twin that was there before ours left, and had been sent shortly before: it takes no place of ours.</summary>
    private bool IsBeforeOurs(KnownNote known, long wanted) =>
        known.IsConfirmed && known.Hash == wanted && NotesKeepToClock && known.SeenBy - known.SentAt <= LongestSpan && known.SeenBy <= (FreshFrom ?? SentAt) + Http.ServiceClock.WholeSeconds;

    /// <summary>By Date, and where this process was told, by this machine's clock too, for Date may jump; an unknown time is shown by nothing.</summary>
    private bool MayNotBeShown(KnownNote known, long wanted) =>
        known.Hash == wanted && (known.ToldAt is { } told ? !(told <= ToldUntil) || known.SeenBy > ShownUntil + Http.ServiceClock.WholeSeconds : !(known.SeenBy <= ShownUntil));

    private bool IsOf(FoundNote note, KnownNote known) => !IsBefore(note.Date, Span(known).From, NotesKeepToClock) && !IsAfter(note.Date, Span(known).To);

    /// <summary>Sent after it was seen: the service's clock jumped in between.</summary>
    private static (DateTimeOffset? From, DateTimeOffset? To) Span(KnownNote known) => known.SentAt > known.SeenBy ? (known.SeenBy, known.SentAt) : (known.SentAt, known.SeenBy);
}
