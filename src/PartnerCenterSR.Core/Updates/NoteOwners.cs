using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace PartnerCenterSR.Core.Updates;

/// <summary>Gives the known notes of one text the shown ones that may be their own: as many as can be have one, and of the shown ones the first come first.</summary>
/// <param name="notes">What is shown, in the order in which it is given away.</param>
/// <param name="isOf">Whether a shown one may be that of a known one.</param>
internal sealed class NoteOwners<TNote>(IEnumerable<TNote> notes, Func<TNote, KnownNote, bool> isOf)
{
    private readonly List<TNote> _left = [.. notes];
    private readonly List<KnownNote> _known = [];

    // By the place of the known one.
    private readonly Dictionary<int, TNote> _given = [];
    private HashSet<int> _tried = [];

    /// <summary>What nobody has.</summary>
    public IReadOnlyList<TNote> Left => [.. _left];

    /// <summary>Whether each of those who were served has one.</summary>
    public bool HaveAll => _given.Count == _known.Count;

    /// <summary>Serves some more; who has one keeps one.</summary>
    /// <param name="known">Those, who has the least choice first.</param>
    /// <param name="isLast">What is given away last. Null: nothing in particular.</param>
    public void Serve(IEnumerable<KnownNote> known, Func<TNote, bool>? isLast = null)
    {
        _known.AddRange(known);
        _tried = [];
        foreach (TNote note in _left.OrderBy(note => isLast?.Invoke(note) == true).ToList())
        {
            if (!HaveAll && TryGive(note))
            {
                _left.Remove(note);
                _tried = [];
            }
        }
    }

    /// <summary>To one who has none; or to one who has, if that one's note is another's as well.</summary>
    private bool TryGive(TNote note)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        int[] able = [.. Enumerable.Range(0, _known.Count).Where(place => isOf(note, _known[place]))];
        foreach (int place in able.Where(place => !_given.ContainsKey(place)).Concat(able.Where(_given.ContainsKey)))
        {
            if (_tried.Add(place) && (!_given.TryGetValue(place, out TNote? has) || TryGive(has)))
            {
                _given[place] = note;
                return true;
            }
        }

        return false;
    }
}
