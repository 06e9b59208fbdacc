using System;
using System.Globalization;

namespace PartnerCenterSR.Core.Json;

/// <summary>The service's dates: without an offset they are UTC, and the year 1 means never.</summary>
internal static class WireDate
{
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset date) && date.Year > 1
            ? date
            : null;

    public static DateTime? ParseLocal(string? text) => Parse(text)?.LocalDateTime;
}
