using System;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace PartnerCenterSR.Core.Http;

/// <summary>How long the service asks to wait.</summary>
internal static class RetryAfter
{
    private const long LongestSeconds = 10 * 366 * 86400L;

    private static readonly Regex GatewayWords = new(@"^\s*(?<seconds>\d+)\s*$|\b(again|retry|wait)\b\D{0,12}(?<seconds>\d+) seconds?\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Where it is not said of which seconds it speaks, the last: before them stands what the limit is.</summary>
    private static readonly Regex LastSeconds = new(@"\b(?<seconds>\d+) seconds?\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.RightToLeft);

    /// <param name="header">The header, in seconds or as a date.</param>
    /// <param name="serviceDate">The service's own clock, against which its date is read. Null: this machine's.</param>
    /// <param name="now">This machine's clock.</param>
    /// <param name="message">The header as it is, where it is too large for a header; or the error's words: the gateway names the seconds only there.</param>
    public static TimeSpan? Read(RetryConditionHeaderValue? header, DateTimeOffset? serviceDate, DateTimeOffset now, string? message)
    {
        if (header?.Delta is { } delta)
        {
            return delta;
        }

        if (header?.Date is { } date)
        {
            TimeSpan until = date - (serviceDate ?? now);
            return until > TimeSpan.Zero ? until : TimeSpan.Zero;
        }

        return message is not null && (GatewayWords.Match(message) is { Success: true } said ? said : LastSeconds.Match(message)) is { Success: true } match
            ? TimeSpan.FromSeconds(long.TryParse(match.Groups["seconds"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? Math.Min(seconds, LongestSeconds) : LongestSeconds)
            : null;
    }
}
