using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Updates;

/// <summary>Which of the notes that are shown are other updates'.</summary>
internal sealed partial record Evidence
{
    /// <summary>Whether all is shown that is certainly there: what is not is older than that.</summary>
    public bool IsWhole => Found.Notes is { } notes && WithoutKnown(Dated(notes), 0, isNewestFirst: false).IsWhole;

    /// <summary>Takes away what other updates account for: as many as can be.</summary>
    /// <param name="notes">The newest first leaves what is there at least, the oldest first what may be there.</param>
    /// <param name="wanted">The note that is looked for.</param>
    /// <param name="isNewestFirst">Which of the two.</param>
    /// <returns>What is left, and whether all is shown that is certainly there.</returns>
    private (IReadOnlyList<FoundNote> Left, bool IsWhole) WithoutKnown(IEnumerable<FoundNote> notes, long wanted, bool isNewestFirst)
    {
        List<FoundNote> left = [.. isNewestFirst ? notes.OrderByDescending(found => found.Date ?? DateTimeOffset.MaxValue) : notes.OrderBy(found => found.Date ?? DateTimeOffset.MaxValue)];
        KnownNote[] known = Has(CertaintyRules.KnownNotes) ? [.. Known.Where(known => known.IsConfirmed || known.Hash != wanted)] : [];

        // A known note, and which of the shown ones is its own. Those that were there before ours left are asked first, for what cannot
        // be ours; what is only expected, last.
        Dictionary<int, FoundNote> owners = [];
        foreach (int rank in new[] { 0, 1, 2 })
        {
            int[] asked = [.. Enumerable.Range(0, known.Length).Where(index => RankOf(known[index]) <= rank)];
            foreach (FoundNote note in left.OrderBy(note => rank == 0 && IsFresh(note.Date)).ToList())
            {
                if (asked.Length > owners.Count && Own(note, []))
                {
                    left.Remove(note);
                }

                // Whoever has one already gives it up where another is its own as well: so as many as can be have one.
                bool Own(FoundNote wish, HashSet<int> tried) => Able(wish).Any(index => tried.Add(index) && (!owners.TryGetValue(index, out FoundNote has) || Own(has, tried)) && Give(index, wish));
            }

            IEnumerable<int> Able(FoundNote note)
            {
                IEnumerable<int> able = asked.Where(index => IsOf(note, known[index]));
                return isNewestFirst ? able.OrderByDescending(index => Span(known[index]).From ?? DateTimeOffset.MinValue) : able.OrderBy(index => Span(known[index]).To ?? DateTimeOffset.MaxValue);
            }
        }

        bool Give(int index, FoundNote note)
        {
            owners[index] = note;
            return true;
        }

        int RankOf(KnownNote one) => !one.IsConfirmed ? 2 : isNewestFirst && IsBeforeOurs(one, wanted) ? 0 : 1;

        // An answer may be older than a twin that came lately: then what it shows may be ours.
        IEnumerable<FoundNote> doubtful = isNewestFirst ? [] : owners.Where(own => known[own.Key].Hash == wanted && known[own.Key].SeenBy > ShownUntil).Select(own => own.Value);
        return ([.. left, .. doubtful], Enumerable.Range(0, known.Length).All(index => !known[index].IsConfirmed || owners.ContainsKey(index)));
    }

    /// <summary>Whether it is a twin that was there before ours left, and is known to have been sent lately: it takes no place of ours.</summary>
    private bool IsBeforeOurs(KnownNote known, long wanted) =>
        known.Hash == wanted && NotesKeepToClock && known.SentAt is not null && known.SeenBy <= (FreshFrom ?? SentAt) + ServiceClock.WholeSeconds;

    private bool IsOf(FoundNote note, KnownNote known) =>
        note.Hash == known.Hash && !IsBefore(note.Date, Span(known).From, NotesKeepToClock) && !IsAfter(note.Date, Span(known).To);

    /// <summary>Sent after it was seen: the service's clock jumped in between.</summary>
    private static (DateTimeOffset? From, DateTimeOffset? To) Span(KnownNote known) => known.SentAt > known.SeenBy ? (known.SeenBy, known.SentAt) : (known.SentAt, known.SeenBy);
}
