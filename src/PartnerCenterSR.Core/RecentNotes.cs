using System;
using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Core;

/// <summary>
/// Remembers, for a while, which notes this run and the journal's earlier ones have put where: so that of two identical notes
/// in a row the first does not pass for the second. Keeps no texts.
/// </summary>
internal sealed class RecentNotes
{
    /// <summary>How far the clocks of the service's own machines may differ from each other.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a note can be mistaken for a later one: the skew both ways, the whole seconds of a Date header, and the longest
    /// time that an answer is likely to be under way.
    /// </summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private const int SweepEvery = 4096;
    private readonly object _lock = new();
    private readonly Dictionary<long, Earlier> _earlier = [];
    private int _sinceSweep;

    /// <summary>Identical notes that came so shortly before <paramref name="began"/> that they might not be told apart by date.</summary>
    public Earlier Before(string id, string note, DateTimeOffset began)
    {
        long key = Key(id, note);
        lock (_lock)
        {
            return Before(key, began);
        }
    }

    /// <param name="id">The service request.</param>
    /// <param name="note">The note's text.</param>
    /// <param name="began">When it was first sent.</param>
    /// <param name="ended">When its outcome was known, or given up.</param>
    /// <param name="certain">Whether the note is there, or only may be.</param>
    public void Record(string id, string note, DateTimeOffset began, DateTimeOffset ended, bool certain)
    {
        long key = Key(id, note);
        lock (_lock)
        {
            Earlier before = Before(key, began);
            _earlier[key] = new(
                before.Began < began.UtcDateTime ? before.Began : began.UtcDateTime,
                ended.UtcDateTime,
                before.Certain + (certain ? 1 : 0),
                before.Possible + (certain ? 0 : 1));
            if (++_sinceSweep >= SweepEvery)
            {
                Sweep(ended.UtcDateTime);
            }
        }
    }

    private static long Key(string id, string note) =>
        BitConverter.ToInt64(StableHash.Of(id.ToUpperInvariant() + "\n" + NoteText.Normalize(note)).ToByteArray(), 0);

    private Earlier Before(long key, DateTimeOffset began) =>
        _earlier.TryGetValue(key, out Earlier earlier) && earlier.Ended + Memory >= began.UtcDateTime ? earlier : Earlier.None(began);

    private void Sweep(DateTime now)
    {
        _sinceSweep = 0;
        foreach (long key in _earlier.Where(entry => entry.Value.Ended + Memory < now).Select(entry => entry.Key).ToList())
        {
            _earlier.Remove(key);
        }
    }

    /// <summary>A run of identical notes. All times are UTC.</summary>
    /// <param name="Began">When the first of them was first sent.</param>
    /// <param name="Ended">When the outcome of the last was known.</param>
    /// <param name="Certain">How many are there.</param>
    /// <param name="Possible">How many more may be.</param>
    internal readonly record struct Earlier(DateTime Began, DateTime Ended, int Certain, int Possible)
    {
        public static Earlier None(DateTimeOffset began) => new(began.UtcDateTime, began.UtcDateTime, 0, 0);
    }
}
