using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Core.Journal;

/// <summary>Replays the lines of earlier runs to learn what is done and what is unfinished. What failed is forgotten: it is tried anew.</summary>
internal sealed class JournalIndex
{
    private readonly Dictionary<JournalKey, (JournalLine Intent, RecentNotes.Earlier? Earlier)> _open = [];
    private readonly HashSet<JournalKey> _done = [];

    /// <summary>The notes that earlier runs put there.</summary>
    public RecentNotes Notes { get; } = new();

    public void Add(JournalLine line)
    {
        JournalKey key = JournalKey.Parse(line.Key)!.Value;
        if (line.Type == JournalLine.Intent)
        {
            _open[key] = (line, line.Changes.Note is not { } note ? null : Notes.Before(line.Id!, note, line.Time!.Value));
            return;
        }

        if (!_open.TryGetValue(key, out (JournalLine Intent, RecentNotes.Earlier? Earlier) begun))
        {
            return;
        }

        if (line.Outcome != UpdateOutcome.Failed && begun.Intent.Changes.Note is { } added)
        {
            Notes.Record(begun.Intent.Id!, added, begun.Intent.Time!.Value, line.Time!.Value, line.Outcome == UpdateOutcome.Succeeded);
        }

        if (line.Outcome == UpdateOutcome.Unknown)
        {
            return;
        }

        _open.Remove(key);
        if (line.Outcome == UpdateOutcome.Succeeded)
        {
            _done.Add(key);
        }
    }

    /// <returns>For each update that is not to be begun anew: null where it is done, else how far it got.</returns>
    public Dictionary<JournalKey, UnfinishedUpdate?> Results()
    {
        Dictionary<JournalKey, UnfinishedUpdate?> results = _done.ToDictionary(key => key, _ => (UnfinishedUpdate?)null);
        foreach (KeyValuePair<JournalKey, (JournalLine Intent, RecentNotes.Earlier? Earlier)> entry in _open)
        {
            results[entry.Key] = new(entry.Value.Intent.RequestId!, entry.Value.Intent.Time!.Value, entry.Value.Earlier);
        }

        return results;
    }
}
