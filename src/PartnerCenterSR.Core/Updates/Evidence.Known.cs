using System;
using System.Collections.Generic;
using System.Linq;

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
        List<FoundNote> doubtful = [];
        bool isWhole = true;
        KnownNote[] known = Has(CertaintyRules.KnownNotes) ? [.. Known.Where(known => known.IsConfirmed || known.Hash != wanted)] : [];
        foreach (bool isConfirmed in new[] { true, false })
        {
            Dictionary<long, List<KnownNote>> open = known.Where(known => known.IsConfirmed == isConfirmed).GroupBy(known => known.Hash).ToDictionary(same => same.Key, same => same.ToList());
            foreach (FoundNote note in left.Where(note => open.ContainsKey(note.Hash)).ToList())
            {
                // The one that has the least choice: so none takes what only another can.
                KnownNote[] able = [.. open[note.Hash].Where(known => IsOf(note, known))];
                if (able.Length > 0)
                {
                    KnownNote owner = isNewestFirst ? able.OrderByDescending(known => Span(known).From ?? DateTimeOffset.MinValue).First() : able.OrderBy(known => Span(known).To ?? DateTimeOffset.MaxValue).First();
                    open[note.Hash].Remove(owner);
                    left.Remove(note);

                    // An answer may be older than a twin that came lately: then what it shows may be ours.
                    doubtful.AddRange(!isNewestFirst && owner.Hash == wanted && owner.SeenBy > ShownUntil ? [note] : []);
                }
            }

            isWhole &= !isConfirmed || open.Values.All(left => left.Count == 0);
        }

        return ([.. left, .. doubtful], isWhole);
    }

    private bool IsOf(FoundNote note, KnownNote known) =>
        !IsBefore(note.Date, Span(known).From, NotesKeepToClock) && !IsAfter(note.Date, Span(known).To);

    /// <summary>Sent after it was seen: the service's clock jumped in between.</summary>
    private static (DateTimeOffset? From, DateTimeOffset? To) Span(KnownNote known) => known.SentAt > known.SeenBy ? (known.SeenBy, known.SentAt) : (known.SentAt, known.SeenBy);
}
