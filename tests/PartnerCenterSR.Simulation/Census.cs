using System.Collections.Generic;
using System.Linq;

namespace PartnerCenterSR.Simulation;

/// <summary>Which situations were met, and in how many worlds: an empty one is seen.</summary>
internal sealed class Census
{
    private readonly SortedDictionary<string, int> _met = new(System.StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Met => _met;

    public void Count(string situation) => _met[situation] = _met.GetValueOrDefault(situation) + 1;

    /// <summary>Adds a world, each of its situations once.</summary>
    public void Add(Census world)
    {
        foreach (string situation in world._met.Keys.ToArray())
        {
            Count(situation);
        }
    }
}
