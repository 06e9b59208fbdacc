using System.Collections.Generic;
using System.Linq;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core;

/// <summary>Ids in a message: so many as a person reads.</summary>
internal static class FirstIds
{
    private const int Most = 20;

    /// <summary>The first of them, and how many more there are.</summary>
    public static string Of(IReadOnlyCollection<string> ids)
    {
        string first = string.Join(", ", ids.Take(Most));
        return ids.Count > Most ? Messages.AndMore.With(first, ids.Count - Most) : first;
    }
}
