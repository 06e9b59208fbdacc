using System;
using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Core;

/// <summary>
/// The notes that this run, and the journal's earlier ones, put on each request: so that a note which another update accounts for is
/// not taken for this one's. Keeps no texts, and those of this run for a while only.
/// </summary>
internal sealed class KnownNotes
{
    /// <summary>Longer than an update takes from its sending to its outcome: after that a note is old by its date.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    private const int SweepEvery = 4096;
    private readonly object _lock = new();
    private readonly Dictionary<string, List<(KnownNote Note, DateTimeOffset Until)>> _notes = new(StringComparer.OrdinalIgnoreCase);
    private int _sinceSweep;

    public IReadOnlyList<KnownNote> Of(string id)
    {
        lock (_lock)
        {
            return _notes.TryGetValue(id, out List<(KnownNote Note, DateTimeOffset Until)>? notes) ? [.. notes.Select(note => note.Note)] : [];
        }
    }

    /// <param name="id">The request.</param>
    /// <param name="note">The note.</param>
    /// <param name="now">This machine's steady clock. Null: it is kept for the whole run.</param>
    public void Add(string id, KnownNote note, DateTimeOffset? now)
    {
        lock (_lock)
        {
            if (!_notes.TryGetValue(id, out List<(KnownNote Note, DateTimeOffset Until)>? notes))
            {
                _notes.Add(id, notes = []);
            }

            notes.Add((note, now is { } at ? at + Memory : DateTimeOffset.MaxValue));
            if (now is { } time && ++_sinceSweep >= SweepEvery)
            {
                Sweep(time);
            }
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        _sinceSweep = 0;
        foreach (KeyValuePair<string, List<(KnownNote Note, DateTimeOffset Until)>> entry in _notes.ToList())
        {
            entry.Value.RemoveAll(note => note.Until < now);
            if (entry.Value.Count == 0)
            {
                _notes.Remove(entry.Key);
            }
        }
    }
}
