using System;

namespace PartnerCenterSR.Core.Http;

/// <summary>The service's own time, as its answers tell it, and whether the dates of its resources keep to it.</summary>
internal sealed class ServiceClock
{
    /// <summary>How far the clocks of the service's own machines may differ from each other, the whole seconds of a Date header included.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>How far dates may be off that nobody has seen kept yet: a time zone taken for another.</summary>
    public static readonly TimeSpan UnprovenSkew = TimeSpan.FromHours(26);

    private readonly object _lock = new();
    private DateTimeOffset? _date;
    private DateTimeOffset _receivedAt;

    /// <summary>Whether fresh notes were seen dated as they should be.</summary>
    public bool NotesKeepToIt { get; private set; }

    /// <summary>Whether fresh changes were seen dated as they should be.</summary>
    public bool ChangesKeepToIt { get; private set; }

    /// <summary>Whether something fresh was seen dated otherwise: then no date proves anything.</summary>
    public bool IsContradicted { get; private set; }

    public void Saw(ApiResponse response)
    {
        if (response.Date is { } date)
        {
            lock (_lock)
            {
                (_date, _receivedAt) = (date, response.ReceivedAt);
            }
        }
    }

    /// <summary>The service's time at a time of this machine's steady clock, rather too early than too late. Null: it never told.</summary>
    public DateTimeOffset? At(DateTimeOffset steady)
    {
        lock (_lock)
        {
            return _date + (steady - _receivedAt);
        }
    }

    /// <summary>A note that has just been put there, by its date.</summary>
    /// <param name="date">Its date.</param>
    /// <param name="sentAt">When it was sent, by the service's clock.</param>
    /// <param name="seenAt">The service's clock when it was seen.</param>
    public void SawFreshNote(DateTime date, DateTimeOffset sentAt, DateTimeOffset seenAt) => NotesKeepToIt |= Keeps(date, sentAt, seenAt);

    /// <summary>A change that has just been made, by the date of the last modification.</summary>
    public void SawFreshChange(DateTime date, DateTimeOffset sentAt, DateTimeOffset seenAt) => ChangesKeepToIt |= Keeps(date, sentAt, seenAt);

    private bool Keeps(DateTime date, DateTimeOffset sentAt, DateTimeOffset seenAt)
    {
        DateTimeOffset at = date.ToUniversalTime();
        bool keeps = at >= sentAt - Skew && at <= seenAt + Skew;
        IsContradicted |= !keeps;
        return keeps;
    }
}
