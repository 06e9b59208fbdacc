using System;
using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Core.Updates;

/// <summary>
/// Remembers, for a short while, which notes this run and the journal's earlier ones have put where: so that of two identical
/// notes in a row the first does not pass for the second.
/// </summary>
internal sealed class NoteLedger
{
    /// <summary>How far the clocks of the service's own machines may differ from each other.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private const int SweepEvery = 1024;
    private readonly object _lock = new();
    private readonly Dictionary<(string Id, string Note), Earlier> _earlier = [];
    private int _sinceSweep;

    /// <summary>Identical notes that came so shortly before <paramref name="began"/> that they cannot be told apart by date.</summary>
    public Earlier Before(string id, string note, DateTimeOffset began)
    {
        lock (_lock)
        {
            return _earlier.TryGetValue(Key(id, note), out Earlier? earlier) && earlier.Ended + ClockSkew >= began ? earlier : Earlier.None(began);
        }
    }

    /// <param name="id">The service request.</param>
    /// <param name="note">The note's text.</param>
    /// <param name="began">When it was first sent.</param>
    /// <param name="ended">When its outcome was known, or given up.</param>
    /// <param name="certain">Whether the note is there, or only may be.</param>
    public void Record(string id, string note, DateTimeOffset began, DateTimeOffset ended, bool certain)
    {
        lock (_lock)
        {
            Earlier before = Before(id, note, began);
            _earlier[Key(id, note)] = new(
                before.Began < began ? before.Began : began,
                ended,
                before.Certain + (certain ? 1 : 0),
                before.Possible + (certain ? 0 : 1));
            if (++_sinceSweep >= SweepEvery)
            {
                Sweep(ended);
            }
        }
    }

    private static (string Id, string Note) Key(string id, string note) => (id.ToUpperInvariant(), NoteText.Normalize(note));

    private void Sweep(DateTimeOffset now)
    {
        _sinceSweep = 0;
        foreach (KeyValuePair<(string Id, string Note), Earlier> entry in _earlier.Where(entry => entry.Value.Ended + ClockSkew + ClockSkew < now).ToList())
        {
            _earlier.Remove(entry.Key);
        }
    }

    /// <summary>A run of identical notes.</summary>
    /// <param name="Began">When the first of them was first sent.</param>
    /// <param name="Ended">When the outcome of the last was known.</param>
    /// <param name="Certain">How many are there.</param>
    /// <param name="Possible">How many more may be.</param>
    internal sealed record Earlier(DateTimeOffset Began, DateTimeOffset Ended, int Certain, int Possible)
    {
        public static Earlier None(DateTimeOffset began) => new(began, began, 0, 0);
    }
}
