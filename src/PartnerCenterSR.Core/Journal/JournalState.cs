using System;
using System.Collections.Generic;

namespace PartnerCenterSR.Core.Journal;

/// <summary>What the lines of a journal come to: each update with its last intent and what became of it, and for which connection.</summary>
internal sealed class JournalState
{
    private readonly Dictionary<JournalKey, JournalRecord> _records = [];

    // Two keys of an earlier version may be one now: line ends of a note, or the route, no longer tell them apart.
    private readonly Dictionary<string, JournalKey> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, int> _occurrences = [];
    private long _sequence;

    /// <summary>The version of the lines that come. 0: no header has come.</summary>
    public int Version { get; private set; }

    /// <summary>The journal's own id. Null: it is of version 1.</summary>
    public string? Id { get; private set; }

    /// <summary>Null: it is of version 1.</summary>
    public JournalBinding? Binding { get; private set; }

    public IEnumerable<JournalRecord> Records => _records.Values;

    /// <returns>False: the line is damage.</returns>
    public bool TryAdd(JournalLine line) => line.Type switch
    {
        JournalLine.Header => TryAddHeader(line),
        JournalLine.Intent => Version > 0 && TryAddIntent(line),
        JournalLine.End => Version > 0 && TryAddEnd(line),
        _ => false,
    };

    private bool TryAddHeader(JournalLine line)
    {
        if (line.Version is not (>= 1 and <= JournalLine.CurrentVersion) || (line.Version > 1 && (line.Endpoint is null || line.JournalId is null)))
        {
            return false;
        }

        Version = line.Version.Value;
        Id = line.JournalId ?? Id;
        Binding = line.Endpoint is null ? Binding : new(line.Endpoint, line.Tenant, line.Account);
        return true;
    }

    private bool TryAddIntent(JournalLine line)
    {
        if (JournalKey.Parse(line.Key) is not { } key || line is not { Id: { } id, RequestId: not null, Time: not null }
            || key.Hash != HashOf(id, line))
        {
            return false;
        }

        if (!_keys.TryGetValue(line.Key!, out JournalKey known))
        {
            Guid hash = JournalKey.HashOf(id, line.Changes);
            int occurrence = Version < JournalLine.CurrentVersion ? (_occurrences.TryGetValue(hash, out int before) ? before : 0) + 1 : key.Occurrence;
            _occurrences[hash] = Math.Max(occurrence, _occurrences.TryGetValue(hash, out int most) ? most : 0);
            _keys[line.Key!] = known = new(hash, occurrence);
        }

        _records[known] = new(known, line, _records.TryGetValue(known, out JournalRecord? earlier) ? earlier : null, ++_sequence);
        return true;
    }

    private Guid HashOf(string id, JournalLine line) => Version switch
    {
        1 => JournalKey.FirstHashOf(id, line.CustomerId, line.Changes),
        2 => JournalKey.SecondHashOf(id, line.CustomerId, line.Changes),
        _ => JournalKey.HashOf(id, line.Changes),
    };

    private bool TryAddEnd(JournalLine line)
    {
        if (JournalKey.Parse(line.Key) is null || line is not { Outcome: not null, Time: not null })
        {
            return false;
        }

        if (_keys.TryGetValue(line.Key!, out JournalKey key))
        {
            _records[key].End = line;
        }

        return true;
    }
}
