using System;
using System.Globalization;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Output;

/// <summary>For the format views: how things are shown.</summary>
public static class Display
{
    /// <summary>A date as people say it ("2 hours ago"); the date itself where it is more than a week away.</summary>
    /// <param name="date">Local time. Null: never.</param>
    public static string Ago(DateTime? date)
    {
        if (date is not { } then)
        {
            return string.Empty;
        }

        DateTime now = DateTime.Now;
        TimeSpan past = now - then;
        return past < TimeSpan.Zero || past.TotalDays >= 7 ? then.ToString("d", CultureInfo.CurrentCulture)
            : past.TotalMinutes < 1 ? Messages.JustNow
            : past.TotalMinutes < 2 ? Messages.MinuteAgo
            : past.TotalHours < 1 ? Messages.MinutesAgo.With((int)past.TotalMinutes)
            : past.TotalHours < 2 ? Messages.HourAgo
            : then.Date == now.Date || past.TotalHours < 12 ? Messages.HoursAgo.With((int)past.TotalHours)
            : then.Date == now.Date.AddDays(-1) ? Messages.Yesterday
            : Messages.DaysAgo.With((now.Date - then.Date).Days);
    }

    /// <summary>The end of a token: the time today, the date otherwise.</summary>
    /// <param name="date">Local time. Null: unknown.</param>
    public static string Until(DateTime? date) => date is not { } then ? string.Empty
        : then.ToString(then.Date == DateTime.Now.Date ? "T" : "g", CultureInfo.CurrentCulture);
}
