using System;
using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Core;

/// <summary>
/// The notes that the updates of a connection, and a journal's earlier ones, put on each request: so that a note which another update
/// accounts for is not taken for this one's. Keeps no texts, and those of the connection for a while only.
/// </summary>
internal sealed class KnownNotes
{
    /// <summary>Longer than an update takes from its sending to its outcome, an hour's pause of the service included: after that a note is old by its date.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(2);

    private const int SweepEvery = 4096;
    private readonly Dictionary<string, List<Entry>> _notes;
    private readonly KnownNotes? _connection;
    private int _sinceSweep;

    public KnownNotes()
        : this(new(StringComparer.OrdinalIgnoreCase), null)
    {
    }

    private KnownNotes(Dictionary<string, List<Entry>> notes, KnownNotes? connection) => (_notes, _connection) = (notes, connection);

    /// <summary>These, and a connection's, to which is added from now on.</summary>
    public KnownNotes With(KnownNotes connection) => new(_notes, connection);

    public IReadOnlyList<KnownNote> Of(string id) => [.. Entries(id).Select(entry => entry.Note)];

    /// <summary>When a note of whose end nobody knows was last on its way, at most. Null: there is none.</summary>
    /// <param name="id">The request.</param>
    /// <param name="hash">The note's. Null: there is none.</param>
    public DateTimeOffset? LastMaybe(string id, long? hash) => Entries(id)
        .Where(entry => !entry.Note.IsConfirmed && entry.Note.Hash == hash && entry.At is not null)
        .Max(entry => entry.At);

    /// <param name="id">The request.</param>
    /// <param name="note">The note, which replaces what was told of it before.</param>
    /// <param name="now">This machine's steady clock. Null: it is kept for the whole run.</param>
    /// <param name="before">The MS-RequestId by which it was told of until now. Null: the same.</param>
    public void Add(string id, KnownNote note, DateTimeOffset? now, string? before = null)
    {
        if (_connection is not null)
        {
            _connection.Add(id, note, now, before);

            // As what the journal told of it until now, it is nobody else's.
            RemoveOwn(id, before);
            return;
        }

        lock (_notes)
        {
            if (!_notes.TryGetValue(id, out List<Entry>? notes))
            {
                _notes.Add(id, notes = []);
            }

            notes.RemoveAll(entry => entry.Note.Id is not null && (entry.Note.Id == note.Id || entry.Note.Id == before));
            notes.Add(new(note, now));
            if (now is { } time && ++_sinceSweep >= SweepEvery)
            {
                Sweep(time);
            }
        }
    }

    /// <summary>What a connection knows by an MS-RequestId is not there.</summary>
    public void Remove(string id, string requestId)
    {
        _connection?.Remove(id, requestId);
        RemoveOwn(id, requestId);
    }

    private void RemoveOwn(string id, string? requestId)
    {
        lock (_notes)
        {
            if (requestId is not null && _notes.TryGetValue(id, out List<Entry>? notes))
            {
                notes.RemoveAll(entry => entry.Note.Id == requestId);
            }
        }
    }

    private List<Entry> Entries(string id)
    {
        List<Entry> newest = _connection?.Entries(id) ?? [];
        lock (_notes)
        {
            List<Entry> own = _notes.TryGetValue(id, out List<Entry>? notes) ? notes : [];

            // Where both tell of one, what is certain counts: another process may have gone on with the journal.
            newest.RemoveAll(entry => entry.Note is { Id: not null, IsConfirmed: false } && own.Exists(other => other.Note.Id == entry.Note.Id && other.Note.IsConfirmed));
            return [.. own.Where(entry => entry.Note.Id is null || !newest.Exists(other => other.Note.Id == entry.Note.Id)), .. newest];
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        _sinceSweep = 0;
        foreach (KeyValuePair<string, List<Entry>> request in _notes.ToList())
        {
            request.Value.RemoveAll(entry => entry.At + Memory < now);
            if (request.Value.Count == 0)
            {
                _notes.Remove(request.Key);
            }
        }
    }

    /// <param name="Note">The note.</param>
    /// <param name="At">When it was told. Null: it is kept.</param>
    private readonly record struct Entry(KnownNote Note, DateTimeOffset? At);
}
