using System;
using PartnerCenterSR.Core.Http;

namespace PartnerCenterSR.Core.Updates;

/// <summary>
/// Whether what is looked at is from before, by its date: that of a copy stands still, or is another copy's; that of a machine whose
/// clock is behind goes on as time does.
/// </summary>
internal sealed class AnswerAge
{
    /// <summary>For so long it is watched whether it goes on.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private (DateTimeOffset Date, DateTimeOffset Steady)? _first;

    /// <param name="seen">What was read.</param>
    /// <param name="lookedAt">When it was looked at, by the service's clock. Null: that is not known.</param>
    public bool IsOld(Evidence seen, DateTimeOffset? lookedAt)
    {
        if (seen is not { ReadAt: { } date, ToldUntil: { } steady } || !(date < lookedAt - ServiceClock.Skew - ServiceClock.WholeSeconds))
        {
            return false;
        }

        (DateTimeOffset Date, DateTimeOffset Steady) first = _first ??= (date, steady);
        TimeSpan passed = steady - first.Steady;
        return passed < Watched || (date - first.Date - passed).Duration() > Tolerance;
    }
}
