using System;
using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Journal;

/// <summary>What earlier runs did, as the updates of this run find it, each its own.</summary>
internal sealed class JournalHistory
{
    private readonly Dictionary<Guid, List<JournalRecord>> _earlier;
    private readonly Dictionary<Guid, int> _occurrences;
    private readonly Dictionary<string, long> _lastDone = new(StringComparer.OrdinalIgnoreCase);

    public JournalHistory(JournalState state)
    {
        // What is unfinished or failed is claimed before what is done: a reduced input finishes what it names.
        _earlier = state.Records.GroupBy(record => record.Key.Hash)
            .ToDictionary(group => group.Key, group => group.OrderBy(record => record.Outcome == UpdateOutcome.Unknown ? 0 : record.Outcome == UpdateOutcome.Failed ? 1 : 2).ThenBy(record => record.Key.Occurrence).ToList());
        _occurrences = state.Records.GroupBy(record => record.Key.Hash).ToDictionary(group => group.Key, group => group.Max(record => record.Key.Occurrence));
        foreach (JournalRecord record in state.Records.Where(record => record.Outcome != UpdateOutcome.Failed))
        {
            // What may be there counts as there: nothing older is put on top of it.
            _lastDone[record.Intent.Id!] = Math.Max(record.Place, _lastDone.TryGetValue(record.Intent.Id!, out long before) ? before : 0);
            if (record is { Outcome: UpdateOutcome.Succeeded or UpdateOutcome.Unknown, Intent: { Changes.Note: { } note } intent } && (intent.IsRest || intent.Sent?.Split(',').Contains(nameof(intent.Changes.Note)) != false))
            {
                Notes.Add(intent.Id!, new(NoteText.Hash(note), intent.IsRest ? record.FirstServiceTime : intent.ServiceTime, record.End?.ServiceTime, record.Outcome == UpdateOutcome.Succeeded, intent.RequestId) { Ahead = (intent.ServiceTime - intent.Time) ?? TimeSpan.MaxValue }, null);
            }
        }
    }

    /// <summary>The notes that they put there.</summary>
    public KnownNotes Notes { get; } = new();

    /// <summary>The updates of earlier runs whose outcome is open and that the input has not named.</summary>
    public IReadOnlyList<JournalRecord> LeftOpen =>
        [.. _earlier.Values.SelectMany(records => records).Where(record => record.Outcome == UpdateOutcome.Unknown).OrderBy(record => record.Intent.Row)];

    /// <summary>What is known of the next update of the input. To be called in input order.</summary>
    public JournalClaim Claim(ServiceRequestUpdate update)
    {
        Guid hash = JournalKey.HashOf(update.Id, update.Changes);
        if (!_earlier.TryGetValue(hash, out List<JournalRecord>? records) || records.Count == 0)
        {
            int occurrence = (_occurrences.TryGetValue(hash, out int before) ? before : 0) + 1;
            _occurrences[hash] = occurrence;
            return new(new(hash, occurrence));
        }

        // One and the same note may have gone out with other fields: that is another row's.
        int at = records.FindIndex(record => record.Intent.Changes with { Note = null } == update.Changes with { Note = null });
        if (at < 0 && records.Find(record => record.Outcome != UpdateOutcome.Failed) is { } other)
        {
            bool isOpen = other.Outcome == UpdateOutcome.Unknown;
            string refusal = isOpen ? Messages.NotSentOtherOpen : Messages.NotSentOtherChanges;
            return new(other.Key) { Refusal = refusal.With(update.Id, other.Intent.Changes.Describe(), (other.Intent.Time ?? default).LocalDateTime), IsInTheWay = isOpen };
        }

        JournalRecord record = records[Math.Max(0, at)];
        records.RemoveAt(Math.Max(0, at));
        JournalClaim claim = new(record.Key);
        return record.Outcome is UpdateOutcome.Succeeded or UpdateOutcome.Unchanged ? claim with { DoneAt = record.End!.Time }
            : record.Outcome == UpdateOutcome.Unknown ? claim with { Unfinished = Unfinished(record) }
            : IsTooLate(record) ? claim with { Refusal = Messages.NotSentTooLate.With(update.Id) }
            : claim;
    }

    private UnfinishedUpdate Unfinished(JournalRecord record) =>
        new(record.Intent.RequestId!, record.Intent.Time!.Value, record.Intent.ServiceTime, record.Intent.Changes.Only(record.Intent.Sent?.Split(',')))
        {
            IsRest = record.Intent.IsRest,
            FirstSentAt = record.Intent.IsRest ? record.FirstServiceTime : record.Intent.ServiceTime,
            NotToBeSent = IsTooLate(record) ? Messages.NotSentTooLate.With(record.Intent.Id!) : null,
        };

    /// <summary>Whether one of its request that began behind its last attempt is done, or may be. What never left is as new: it has no place.</summary>
    private bool IsTooLate(JournalRecord record) => record.HasLeft && _lastDone.TryGetValue(record.Intent.Id!, out long done) && done > record.Place;
}
